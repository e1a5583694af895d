package dev.plumbline.bench.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LiveEventsTest {
  private static final LiveEvents EVENTS = new LiveEvents(400, 10);

  @Test
  void everyEntityHasItsTurn() {
    Set<Long> keys = new HashSet<>();
    for (long n = 0; n < EVENTS.entities(); n++) {
      keys.add(EVENTS.key(n));
    }
    assertThat(keys).hasSize(400).allMatch(key -> key >= 0 && key < 400);
  }

  @Test
  void theEventsOfAnHourAreWithinIt() {
    for (int n = 0; n < 500; n++) {
      assertThat(EVENTS.at(n))
          .isBetween(LiveEvents.refresh(n / 10), LiveEvents.refresh(n / 10 + 1) - 1);
    }
  }

  @Test
  void changesAreWhatEveryEntitysValuesFromScratchSay() {
    for (int hours : List.of(1, 2, 25, 41, 720, 721, 745, 800)) {
      Map<Long, @Nullable List<@Nullable Object>> now = naive(hours);
      Map<Long, @Nullable List<@Nullable Object>> before = naive(hours - 1);
      Map<Long, @Nullable List<@Nullable Object>> changed = new HashMap<>();
      now.forEach(
          (key, values) -> {
            if (!java.util.Objects.equals(values, before.get(key))) {
              changed.put(key, values);
            }
          });

      assertThat(EVENTS.changes(hours)).as("after %d hours", hours).isEqualTo(changed);
    }
  }

  /** Of each entity, null where it is not alive; over all events by their times. */
  private static Map<Long, @Nullable List<@Nullable Object>> naive(int hours) {
    long refresh = LiveEvents.refresh(hours);
    Map<Long, @Nullable List<@Nullable Object>> values = new HashMap<>();
    for (long entity = 0; entity < EVENTS.entities(); entity++) {
      List<Long> day = new ArrayList<>();
      List<Long> month = new ArrayList<>();
      for (long n = 0; n < (hours + 1) * 10L; n++) {
        long age = refresh - EVENTS.at(n);
        if (EVENTS.key(n) == entity && age > 0 && age <= 720 * LiveEvents.HOUR) {
          month.add(EVENTS.value(n));
          if (age <= 24 * LiveEvents.HOUR) {
            day.add(EVENTS.value(n));
          }
        }
      }
      values.put(entity, month.isEmpty() ? null : values(day, month));
    }
    return values;
  }

  private static List<@Nullable Object> values(List<Long> day, List<Long> month) {
    List<@Nullable Object> values = new ArrayList<>();
    values.add((long) day.size());
    values.add((long) month.size());
    values.add(day.isEmpty() ? null : Collections.max(day));
    values.add(Collections.max(month));
    values.add(day.isEmpty() ? null : day.stream().mapToLong(v -> v).sum());
    values.add(month.stream().mapToLong(v -> v).sum());
    return values;
  }

  @Test
  void refusesEntitiesWithoutATurn() {
    assertThatThrownBy(() -> new LiveEvents(1_000_000, 1_000))
        .hasMessageContaining("1000000 entities");
  }
}
