package dev.plumbline.timeline.history;

import dev.plumbline.timeline.Event;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.Marker;
import dev.plumbline.timeline.Run;
import dev.plumbline.timeline.log.NaiveChangeLog;
import dev.plumbline.timeline.log.RowViewChangeLog;
import dev.plumbline.timeline.log.WindowedChangeLog;
import dev.plumbline.timeline.run.PlannedRun;
import dev.plumbline.type.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The view's committed log and ledger, and at which tick each run read the source. */
final class OfflineView {
  private final Scenario scenario;
  private final Set<Rule> off;
  private final Map<Bytes, List<FeatureRow>> log = new HashMap<>();
  private final List<Run> runs = new ArrayList<>();
  private final Map<Long, Long> readAt = new HashMap<>();
  private final List<String> violations = new ArrayList<>();

  OfflineView(Scenario scenario, Set<Rule> off) {
    this.scenario = scenario;
    this.off = off;
    Scenario.ENTITIES.forEach(entity -> log.put(entity, new ArrayList<>()));
  }

  Ledger ledger() {
    return new Ledger(scenario.timing(), runs);
  }

  /** The stamp of a run that begins now, whatever the clock did since the last one. */
  long nextStamp(long clock) {
    return runs.isEmpty() ? clock : Math.max(clock, runs.get(runs.size() - 1).stamp() + 1);
  }

  List<FeatureRow> log(Bytes entity) {
    return log.get(entity);
  }

  List<String> violations() {
    return violations;
  }

  /** What the source held of an entity when a run read it. */
  List<Event> seenBy(Run run, Bytes entity) {
    return events(entity, readAt.get(run.stamp()));
  }

  private List<Event> events(Bytes entity, long tick) {
    return scenario.source().stream()
        .filter(row -> row.entity().equals(entity) && row.isThere(tick))
        .map(SourceRow::event)
        .toList();
  }

  void commit(PlannedRun run, long tick) {
    for (Bytes entity : Scenario.ENTITIES) {
      List<Event> events = events(entity, tick);
      List<FeatureRow> rows = rows(run, entity, events);
      if (off.isEmpty()) {
        requireAsDefined(run, entity, events, rows);
      }
      log.get(entity).addAll(rows);
      if (off.isEmpty()) {
        requireNothingToAdd(run, entity, events);
      }
    }
    runs.add(run.committed());
    readAt.put(run.stamp(), tick);
  }

  private List<FeatureRow> rows(PlannedRun run, Bytes entity, List<Event> events) {
    if (events.isEmpty() && off.contains(Rule.BURY_THE_VANISHED)) {
      return List.of();
    }
    if (scenario.isWindowed() && off.contains(Rule.COMPARE_WITH_THE_LOG)) {
      return naive().comparedWithPredecessor(run, events, log.get(entity));
    }
    List<FeatureRow> rows = new ArrayList<>();
    if (scenario.isWindowed()) {
      new WindowedChangeLog(scenario.timing(), scenario.features())
          .write(run, events, log.get(entity), rows::add);
    } else {
      new RowViewChangeLog(scenario.timing()).write(run, events, log.get(entity), rows::add);
    }
    return rows;
  }

  private void requireAsDefined(
      PlannedRun run, Bytes entity, List<Event> events, List<FeatureRow> rows) {
    List<FeatureRow> defined =
        scenario.isWindowed()
            ? naive().windowed(run, events, log.get(entity))
            : naive().rows(run, events, log.get(entity));
    if (!rows.equals(defined)) {
      violations.add("log of %s: %s, as defined: %s".formatted(run, rows, defined));
    }
  }

  private void requireNothingToAdd(PlannedRun run, Bytes entity, List<Event> events) {
    List<FeatureRow> again = rows(run, entity, events);
    if (!again.isEmpty()) {
      violations.add("again: %s writes %s".formatted(run, again));
    }
  }

  private NaiveChangeLog naive() {
    return new NaiveChangeLog(scenario.timing(), scenario.features());
  }

  /** The last run's push ended. */
  void publish(Marker marker) {
    int last = runs.size() - 1;
    runs.set(last, runs.get(last).published(marker.publishedAt()));
  }

  Optional<FeatureRow> head(Bytes entity) {
    return log.get(entity).stream().max(Comparator.comparing(FeatureRow::time, Rule.order(off)));
  }

  List<Bytes> changedBy(Run run) {
    return Scenario.ENTITIES.stream()
        .filter(
            entity -> log.get(entity).stream().anyMatch(r -> r.time().createdAt() == run.stamp()))
        .toList();
  }
}
