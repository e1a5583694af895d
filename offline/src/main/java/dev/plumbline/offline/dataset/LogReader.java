package dev.plumbline.offline.dataset;

import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Revision;
import dev.plumbline.failure.NotFoundException;
import dev.plumbline.failure.UnavailableException;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.offline.pointintime.ViewLog;
import dev.plumbline.registry.PrunedVersion;
import dev.plumbline.registry.RunLedger;
import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.Run;
import dev.plumbline.type.Micros;
import dev.plumbline.vector.ServicePlan;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the change logs that a plan reads, each up to a run. */
public record LogReader(Revision revision, Warehouse warehouse, RunLedger ledger) {
  /**
   * The log of each view of the plan.
   *
   * @throws UnavailableException if a view has no closed run
   * @throws NotFoundException if a view has none at this position, or was pruned
   */
  public DatasetLogs at(LogPosition position, ServicePlan plan) {
    Map<FeatureView, ViewLog> logs = new LinkedHashMap<>();
    for (ServicePlan.Read read : plan.reads()) {
      FeatureView view = read.view();
      if (!logs.containsKey(view)) {
        ledger.pruned(view.id()).ifPresent(pruned -> reject(view, pruned));
        List<Run> runs = ledger.runs(view.id());
        long stamp = stamp(view, runs.stream().filter(Run::closed).toList(), position);
        Ledger closed = new Ledger(view.timing(), runs).upTo(view.timing(), stamp);
        logs.put(view, new ViewLog(warehouse.table(view, revision.entity(view.entity())), closed));
      }
    }
    return new DatasetLogs(logs);
  }

  private static void reject(FeatureView view, PrunedVersion pruned) {
    throw new NotFoundException(
        "%s was pruned by %s at %s: its log is deleted, and nothing can be built from it any more"
            .formatted(view.id(), pruned.by(), pruned.at()));
  }

  private static long stamp(FeatureView view, List<Run> closed, LogPosition position) {
    if (closed.isEmpty()) {
      throw new UnavailableException(
          "%s has no rows yet; run: plumb materialize %s --from INSTANT"
              .formatted(view.id(), view.id()));
    }
    if (position instanceof LogPosition.AsOf asOf) {
      return asOf(view, closed, asOf.instant());
    }
    return position instanceof LogPosition.Pinned pinned
        ? pinned(view, closed, pinned)
        : closed.get(closed.size() - 1).stamp();
  }

  private static long asOf(FeatureView view, List<Run> closed, Instant instant) {
    long last = Micros.of(instant);
    return closed.stream()
        .filter(run -> overAt(run) <= last)
        .mapToLong(Run::stamp)
        .max()
        .orElseThrow(
            () ->
                new NotFoundException(
                    "%s has no run that was over at %s (expected: an instant at or after %s, when its first was)"
                        .formatted(view.id(), instant, first(closed))));
  }

  /** From when on a build could have read what the run wrote. */
  private static long overAt(Run run) {
    return run.kind() == Run.Kind.LIVE ? run.publishedAt().orElseThrow() : run.stamp();
  }

  private static Instant first(List<Run> closed) {
    return closed.stream()
        .map(run -> Micros.instant(overAt(run)))
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  private static long pinned(FeatureView view, List<Run> closed, LogPosition.Pinned pinned) {
    Long stamp = pinned.stamps().get(view.id());
    if (stamp == null || closed.stream().noneMatch(run -> run.stamp() == stamp)) {
      throw new NotFoundException(
          "%s has no run %s in its ledger (expected: the run at which the dataset stands); see metadata in plumb.yaml"
              .formatted(view.id(), stamp == null ? "of the dataset" : stamp));
    }
    return stamp;
  }
}
