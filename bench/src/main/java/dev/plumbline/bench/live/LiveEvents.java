package dev.plumbline.bench.live;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Events that go on for ever, as many in each hour; the entities take turns, in a mixed order. So
 * those of one entity are found by counting, and what its windows hold is known without an engine.
 *
 * <p>Event {@code n} happens somewhere within the {@code n}-th of the equal parts of time that an
 * hour is cut into.
 *
 * @param entities a number that 3 does not divide
 * @param perHour events; it divides the microseconds of an hour, and all entities have their turn
 *     within the longest window
 */
record LiveEvents(long entities, int perHour) implements Serializable {
  static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
  static final long HOUR = Duration.ofHours(1).toNanos() / 1_000;

  /** Hours of the windows, from short to long. */
  static final List<Integer> WINDOWS = List.of(24, 720);

  private static final long POWER_OF_THREE = 387_420_489;
  private static final long GREATEST_VALUE = 1_000_000;

  LiveEvents {
    if (entities % 3 == 0 || HOUR % perHour != 0 || entities > (long) perHour * longestWindow()) {
      throw new IllegalArgumentException(
          "%d entities, %d events in an hour (expected: as documented)"
              .formatted(entities, perHour));
    }
  }

  /** Microseconds since 1970. */
  long at(long n) {
    long part = HOUR / perHour;
    return FIRST.getEpochSecond() * 1_000_000 + n * part + Math.floorMod(mixed(n), part);
  }

  long key(long n) {
    return keyOfTurn(n % entities);
  }

  private long keyOfTurn(long turn) {
    return turn * POWER_OF_THREE % entities;
  }

  long value(long n) {
    return Math.floorMod(mixed(~n), 2 * GREATEST_VALUE + 1) - GREATEST_VALUE;
  }

  /** The last step of SplitMix64 (Steele, Lea and Flood 2014). */
  private static long mixed(long n) {
    long z = n * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Hours of the longest window. */
  static int longestWindow() {
    return WINDOWS.get(WINDOWS.size() - 1);
  }

  /** The refresh that many hours after the first event, in microseconds since 1970. */
  static long refresh(int hours) {
    return FIRST.getEpochSecond() * 1_000_000 + hours * HOUR;
  }

  /**
   * The entities whose values at a refresh are not those of the refresh before, with the new ones;
   * null: it is no longer alive.
   *
   * @param hours from the first event to the refresh
   */
  SortedMap<Long, @Nullable List<@Nullable Object>> changes(int hours) {
    LongStream turns = turnsOfHour(hours - 1);
    for (int window : WINDOWS) {
      turns = LongStream.concat(turns, turnsOfHour(hours - 1 - window));
    }
    SortedMap<Long, @Nullable List<@Nullable Object>> changes = new TreeMap<>();
    turns
        .distinct()
        .forEach(
            turn -> {
              List<@Nullable Object> now = values(turn, hours);
              if (!Objects.equals(now, values(turn, hours - 1))) {
                changes.put(keyOfTurn(turn), now);
              }
            });
    return changes;
  }

  private LongStream turnsOfHour(int hour) {
    return hour < 0
        ? LongStream.empty()
        : LongStream.range((long) hour * perHour, (long) (hour + 1) * perHour)
            .map(n -> n % entities);
  }

  /**
   * The count for each window, then the maxima, then the sums, from scratch: the order of the
   * features by name. Null if the longest window is empty.
   */
  private @Nullable List<@Nullable Object> values(long turn, int hours) {
    List<long[]> windows =
        WINDOWS.stream()
            .map(window -> held(turn, Math.max(0, hours - window), hours))
            .map(held -> held.map(this::value).toArray())
            .toList();
    if (windows.get(windows.size() - 1).length == 0) {
      return null;
    }
    List<@Nullable Object> values = new ArrayList<>();
    windows.forEach(held -> values.add((long) held.length));
    windows.forEach(
        held -> values.add(held.length == 0 ? null : LongStream.of(held).max().orElseThrow()));
    windows.forEach(held -> values.add(held.length == 0 ? null : LongStream.of(held).sum()));
    return values;
  }

  /** Events of an entity in the hours from {@code from} to before {@code to}. */
  private LongStream held(long turn, int from, int to) {
    long first = (long) from * perHour;
    long start = first + Math.floorMod(turn - first, entities);
    return LongStream.iterate(start, n -> n < (long) to * perHour, n -> n + entities);
  }
}
