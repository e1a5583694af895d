package dev.plumbline.offline.materialize;

import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.offline.Progress;
import dev.plumbline.offline.RunReport;
import dev.plumbline.offline.Ticker;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.offline.gate.GateFailedException;
import dev.plumbline.offline.log.FeatureTable;
import dev.plumbline.offline.maintain.ViewMaintenance;
import dev.plumbline.offline.materialize.ChangeLogJob.Committed;
import dev.plumbline.offline.push.Publisher;
import dev.plumbline.offline.source.SourceReader;
import dev.plumbline.offline.source.SourceRows;
import dev.plumbline.registry.LedgerEntry;
import dev.plumbline.registry.RunLedger;
import dev.plumbline.registry.RunTime;
import dev.plumbline.registry.ViewLocks;
import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.Refreshes;
import dev.plumbline.timeline.run.ChunkSize;
import dev.plumbline.timeline.run.NextRun;
import dev.plumbline.timeline.run.PlannedRun;
import dev.plumbline.timeline.run.RemainingBackfill;
import dev.plumbline.timeline.run.RunPlanner;
import dev.plumbline.type.Micros;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Runs of the views of one revision: backfills, refreshes and their publication, each under the
 * view's lock. Whatever a killed run left behind is ended first; running again is always safe.
 */
public final class ViewRuns {
  private final Revision revision;
  private final Warehouse warehouse;
  private final ChangeLogJob job;
  private final RunLedger ledger;
  private final ViewLocks locks;
  private final Publisher publisher;
  private final InstantSource clock;
  private final Progress progress;
  private final Chunking chunking;
  private final Ticker ticker;

  public ViewRuns(
      Revision revision,
      Warehouse warehouse,
      SourceReader sources,
      RunLedger ledger,
      ViewLocks locks,
      Publisher publisher,
      InstantSource clock,
      Progress progress) {
    this(
        revision,
        warehouse,
        sources,
        ledger,
        locks,
        publisher,
        clock,
        progress,
        new Chunking(sources),
        Ticker.SYSTEM);
  }

  ViewRuns(
      Revision revision,
      Warehouse warehouse,
      SourceReader sources,
      RunLedger ledger,
      ViewLocks locks,
      Publisher publisher,
      InstantSource clock,
      Progress progress,
      Chunking chunking,
      Ticker ticker) {
    this.revision = revision;
    this.warehouse = warehouse;
    this.job = new ChangeLogJob(warehouse, sources);
    this.ledger = ledger;
    this.locks = locks;
    this.publisher = publisher;
    this.clock = clock;
    this.progress = progress;
    this.chunking = chunking;
    this.ticker = ticker;
  }

  /** {@link #backfill(ViewId, Instant, Instant, Optional)} in chunks of a size that fits. */
  public List<RunReport> backfill(ViewId id, Instant from, Instant to) {
    return backfill(id, from, to, Optional.empty());
  }

  /**
   * Fills the refreshes from {@code from} to {@code to}, both cut to the view's grid; nothing is
   * published. A long backfill is cut into chunks, each a run of its own; stopped and asked for
   * again, it continues after the last of them; ended and asked for again, it does nothing unless
   * the source says something else by now.
   *
   * @param chunk how much of it one run computes; absent: what fits the size of the source
   * @throws dev.plumbline.timeline.NoRefreshException if there is no refresh between the two
   * @throws dev.plumbline.timeline.run.RunRefusedException if the view is live, or the interval
   *     does not continue it
   * @throws dev.plumbline.failure.ConflictException if somebody else runs the view
   */
  public List<RunReport> backfill(ViewId id, Instant from, Instant to, Optional<Duration> chunk) {
    FeatureView view = revision.view(id);
    Refreshes asked = view.timing().grid().between(from, to);
    try (ViewLocks.Held lock = lock(id)) {
      settle(view);
      return backfill(lock, view, asked, chunk);
    }
  }

  private List<RunReport> backfill(
      ViewLocks.Held lock, FeatureView view, Refreshes asked, Optional<Duration> chunk) {
    long now = now();
    RemainingBackfill rest = planner(view, now).remaining(asked, now);
    ChunkSize size = chunking.size(view, revision.source(view.source()), rest, chunk);
    List<Refreshes> chunks = rest.chunks(view.timing().grid(), size);
    List<RunReport> reports = new ArrayList<>();
    int done = 0;
    try {
      for (Refreshes each : chunks) {
        progress.parts(done, chunks.size());
        progress.at(step(view, done + 1, chunks.size()));
        long then = now();
        run(lock, view, planner(view, then).chunk(rest.asked(), each, then))
            .ifPresent(reports::add);
        done++;
      }
    } finally {
      if (done < chunks.size() && done > 0) {
        progress.note(
            "%s: %d of %d chunks are done; the same command continues after them"
                .formatted(view.id(), done, chunks.size()));
      }
    }
    return reports;
  }

  private static String step(FeatureView view, int chunk, int of) {
    return of == 1
        ? "computing " + view.id()
        : "computing %s, chunk %d of %d".formatted(view.id(), chunk, of);
  }

  /**
   * Brings a view up to date: ends what a killed run left, finishes a backfill that was stopped
   * between two chunks, publishes what is not published, and computes and publishes the newest
   * refresh that is due. Empty if there was nothing to do.
   *
   * @param lookback how many earlier refreshes a live run corrects; absent: none in a windowed
   *     view, all in a row view
   */
  public List<RunReport> advance(ViewId id, OptionalInt lookback) {
    FeatureView view = revision.view(id);
    List<RunReport> reports = new ArrayList<>();
    try (ViewLocks.Held lock = lock(id)) {
      settle(view);
      while (true) {
        long now = now();
        NextRun next = planner(view, now).next(now, lookback);
        if (next instanceof NextRun.NothingDue) {
          return reports;
        }
        if (next instanceof NextRun.FinishBackfill rest) {
          reports.addAll(backfill(lock, view, rest.asked(), Optional.empty()));
          continue;
        }
        if (next instanceof NextRun.Refresh refresh) {
          progress.at("computing " + view.id());
          progress.parts(0, 2);
          run(lock, view, refresh.run()).ifPresent(reports::add);
        }
        progress.parts(1, 2);
        reports.add(publish(lock, view));
        if (next instanceof NextRun.Refresh) {
          return reports; // another refresh may be due by now, but others have their turn first
        }
      }
    }
  }

  /** Makes the online store show the last run, whatever it shows now. */
  public RunReport publish(ViewId id) {
    FeatureView view = revision.view(id);
    try (ViewLocks.Held lock = lock(id)) {
      settle(view);
      return publish(lock, view);
    }
  }

  /**
   * Publishes the last run if the online store does not show it, then mends every record of the
   * view that is not what the log has.
   */
  public List<RunReport> repair(ViewId id) {
    FeatureView view = revision.view(id);
    try (ViewLocks.Held lock = lock(id)) {
      settle(view);
      progress.at("repairing " + id);
      FeatureTable table = warehouse.table(view, entity(view));
      List<RunReport> reports = new ArrayList<>();
      publisher.publishUnlessShown(view, table, ledger(view)).ifPresent(reports::add);
      reports.add(publisher.repair(view, table, ledger(view), lock::ensureHeld));
      return reports;
    }
  }

  /** What {@link #repair} would mend; nothing is changed. */
  public RunReport compare(ViewId id) {
    FeatureView view = revision.view(id);
    try (ViewLocks.Held lock = lock(id)) {
      progress.at("comparing " + id);
      return publisher.compare(view, warehouse.table(view, entity(view)), ledger(view));
    }
  }

  /** Tidies up the tables of a view; empty if it has none yet. */
  public Optional<RunReport.Maintained> maintain(ViewId id, ViewMaintenance maintenance) {
    FeatureView view = revision.view(id);
    try (ViewLocks.Held lock = lock(id)) {
      settle(view);
      return maintenance.run(id, warehouse.table(view, entity(view)), lock::ensureHeld);
    }
  }

  /** What {@link #maintain} would do; nothing is changed. */
  public Optional<RunReport.Maintained> planMaintenance(ViewId id, ViewMaintenance maintenance) {
    FeatureView view = revision.view(id);
    try (ViewLocks.Held lock = lock(id)) {
      return maintenance.plan(id, warehouse.table(view, entity(view)));
    }
  }

  /** The lock of a view whose data is not deleted. */
  private ViewLocks.Held lock(ViewId id) {
    ViewLocks.Held lock = locks.acquire(id);
    try {
      ledger.rejectPruned(id); // since the revision was read that has it
      return lock;
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** The newest refresh of a view that is due at an instant. */
  public Instant newestDue(ViewId id, Instant now) {
    return Micros.instant(revision.view(id).timing().newestDue(Micros.of(now)));
  }

  /** The runs of a view whose rows are in its table. */
  public Ledger ledger(ViewId id) {
    return ledger(revision.view(id));
  }

  /** Empty if there was nothing to do, and the run was none. */
  private Optional<RunReport> run(ViewLocks.Held lock, FeatureView view, PlannedRun run) {
    Instant started = clock.instant();
    long began = ticker.nanos();
    SourceRows source = job.open(revision.source(view.source()));
    lock.ensureHeld();
    Ledger runs = ledger(view);
    ledger.open(view.id(), run.opened());
    Committed committed = commit(view, source, run, runs).orElse(null);
    if (committed == null) {
      ledger.remove(view.id(), run.stamp());
      return Optional.empty();
    }
    RunTime time = new RunTime(started, clock.instant(), ticker.since(began));
    ledger.committed(view.id(), run.stamp(), committed.rows(), time);
    return Optional.of(
        new RunReport.Materialized(
            view.id(),
            run,
            committed.rows(),
            new RunReport.PassedOver(
                committed.withoutKey(), source.withoutTime(), source.quarantined()),
            committed.gates()));
  }

  /** A run that the gate has stopped was none. */
  private Optional<Committed> commit(
      FeatureView view, SourceRows source, PlannedRun run, Ledger runs) {
    try {
      return job.commit(view, entity(view), source, run, runs);
    } catch (GateFailedException e) {
      ledger.remove(view.id(), run.stamp());
      throw e;
    }
  }

  private RunReport publish(ViewLocks.Held lock, FeatureView view) {
    lock.ensureHeld();
    progress.at("publishing " + view.id());
    return publisher.publish(view, warehouse.table(view, entity(view)), ledger(view));
  }

  /**
   * Finds out how far a killed run came: if its rows are in the table it is committed, else it
   * never was.
   */
  private void settle(FeatureView view) {
    LedgerEntry entry = ledger.unfinished(view.id()).orElse(null);
    if (entry == null || entry.phase() != LedgerEntry.Phase.OPEN) {
      return;
    }
    long stamp = entry.run().stamp();
    var table = warehouse.table(view, entity(view));
    OptionalLong rows = table.exists() ? table.committedRows(stamp) : OptionalLong.empty();
    if (rows.isPresent()) {
      ledger.committed(view.id(), stamp, rows.getAsLong());
      return;
    }
    if (table.exists()) {
      table.discardStaged();
    }
    ledger.remove(view.id(), stamp);
  }

  private RunPlanner planner(FeatureView view, long now) {
    return new RunPlanner(view.timing(), ledger(view), ledger.nextStamp(view.id(), now));
  }

  private Ledger ledger(FeatureView view) {
    return new Ledger(view.timing(), ledger.runs(view.id()));
  }

  private Entity entity(FeatureView view) {
    return revision.entity(view.entity());
  }

  private long now() {
    return Micros.of(clock.instant());
  }
}
