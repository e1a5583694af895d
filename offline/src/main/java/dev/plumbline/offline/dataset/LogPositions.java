package dev.plumbline.offline.dataset;

import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Revision;
import dev.plumbline.failure.NotFoundException;
import dev.plumbline.failure.UnavailableException;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.offline.pointintime.ViewLog;
import dev.plumbline.registry.RunLedger;
import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.Run;
import dev.plumbline.type.Micros;
import dev.plumbline.vector.ServicePlan;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** Where the log of each view stands, or stood: up to which run training sets read it. */
public final class LogPositions {
  private final Revision revision;
  private final Warehouse warehouse;
  private final RunLedger ledger;

  public LogPositions(Revision revision, Warehouse warehouse, RunLedger ledger) {
    this.revision = revision;
    this.warehouse = warehouse;
    this.ledger = ledger;
  }

  /**
   * The log of each view that is read, up to its last closed run.
   *
   * @throws UnavailableException if a view has none yet
   */
  public DatasetLogs newest(ServicePlan plan) {
    return logs(plan, Run::closed, LogPositions::withoutRows);
  }

  /**
   * The log of each view that is read, up to the last run that was closed at {@code instant}. A
   * backfill counts from its stamp on, a live run from the end of its push.
   *
   * @throws NotFoundException if a view had none then
   */
  public DatasetLogs asOf(ServicePlan plan, Instant instant) {
    long at = Micros.of(instant);
    return logs(
        plan,
        run -> run.closed() && run.stamp() <= at && run.visibleFrom(Long.MIN_VALUE) <= at,
        view -> withoutRows(view, instant));
  }

  private DatasetLogs logs(
      ServicePlan plan,
      Predicate<Run> isThere,
      Function<FeatureView, ? extends RuntimeException> none) {
    Map<FeatureView, ViewLog> logs = new LinkedHashMap<>();
    for (ServicePlan.Read read : plan.reads()) {
      FeatureView view = read.view();
      List<Run> runs = ledger.runs(view.id());
      long position =
          runs.stream()
              .filter(isThere)
              .mapToLong(Run::stamp)
              .max()
              .orElseThrow(() -> none.apply(view));
      Ledger upTo = new Ledger(view.timing(), runs).upTo(view.timing(), position);
      logs.put(view, new ViewLog(warehouse.table(view, revision.entity(view.entity())), upTo));
    }
    return new DatasetLogs(logs);
  }

  private static UnavailableException withoutRows(FeatureView view) {
    return new UnavailableException(
        "%s has no rows yet; run: plumb materialize %s --from INSTANT"
            .formatted(view.id(), view.id()));
  }

  private static NotFoundException withoutRows(FeatureView view, Instant instant) {
    return new NotFoundException(
        "%s had no finished run at %s (expected: 1 or more); name a later instant, or none for the newest"
            .formatted(view.id(), instant));
  }
}
