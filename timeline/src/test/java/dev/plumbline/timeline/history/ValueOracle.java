package dev.plumbline.timeline.history;

import dev.plumbline.timeline.Event;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.NaivePointInTime;
import dev.plumbline.timeline.Run;
import dev.plumbline.timeline.window.NaiveWindows;
import dev.plumbline.type.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What an as-of look-up must return, from the source alone: the value from scratch of the newest
 * visible refresh, as its run saw the source.
 */
final class ValueOracle {
  private final Scenario scenario;
  private final OfflineView view;
  private final Ledger ledger;
  private final List<String> violations;

  ValueOracle(Scenario scenario, OfflineView view, List<String> violations) {
    this.scenario = scenario;
    this.view = view;
    this.ledger = view.ledger();
    this.violations = violations;
  }

  void judge(Bytes entity) {
    if (!scenario.isWindowed() && scenario.isBounded()) {
      return; // what a bounded run leaves out depends on the runs before
    }
    for (long instant = 0; instant < scenario.end(); instant += 3) {
      Optional<FeatureRow> newest = NaivePointInTime.newest(view.log(entity), ledger, instant);
      OptionalLong refresh = ledger.newestRefresh(instant);
      if (refresh.isPresent()) {
        List<@Nullable Object> told = newest.map(FeatureRow::values).orElse(null);
        List<@Nullable Object> rightly =
            scenario.isWindowed()
                ? windowed(entity, refresh.getAsLong(), instant)
                : rowView(entity, refresh.getAsLong(), instant);
        if (!Objects.equals(told, rightly)) {
          violations.add(
              "oracle: %s at %d %s, rightly %s".formatted(entity, instant, newest, rightly));
        }
      }
    }
  }

  private @Nullable List<@Nullable Object> windowed(Bytes entity, long refresh, long instant) {
    Run run = lastVisible(refresh, instant);
    return new NaiveWindows(scenario.features()).values(view.seenBy(run, entity), refresh, refresh);
  }

  /**
   * The run whose values hold for {@code refresh}, the newest that is visible at {@code instant}.
   */
  private Run lastVisible(long refresh, long instant) {
    return visible(instant).stream()
        .filter(run -> run.firstRefresh() <= refresh && refresh <= run.lastRefresh())
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  private List<Run> visible(long instant) {
    return ledger.runs().stream()
        .filter(run -> run.visibleFrom(Long.MIN_VALUE) <= instant)
        .toList();
  }

  private @Nullable List<@Nullable Object> rowView(Bytes entity, long refresh, long instant) {
    List<Event> ever = new ArrayList<>();
    List<Event> now = List.of();
    for (Run run : visible(instant)) {
      long sees = Math.min(run.lastRefresh(), refresh);
      now = view.seenBy(run, entity).stream().filter(e -> e.seenAfter() < sees).toList();
      ever.addAll(now);
    }
    OptionalLong newest = ever.stream().mapToLong(Event::eventTime).max();
    return now.stream()
        .filter(e -> newest.isPresent() && e.eventTime() == newest.getAsLong())
        .max(Comparator.naturalOrder())
        .<@Nullable List<@Nullable Object>>map(e -> new ArrayList<>(e.inputs()))
        .orElse(null);
  }
}
