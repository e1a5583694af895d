package dev.plumbline.registry;

import dev.plumbline.definition.ViewId;
import dev.plumbline.failure.ConflictException;
import dev.plumbline.failure.NotFoundException;
import dev.plumbline.registry.LedgerEntry.Phase;
import dev.plumbline.timeline.Run;
import dev.plumbline.timeline.Run.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/**
 * Every run of every view version of a project, for ever. Each step of a run is one transaction, so
 * a run that is killed is found in the phase that it had reached. Whoever changes a view's runs
 * holds its lock.
 */
public final class RunLedger {
  private final MetadataDatabase database;
  private final String project;

  public RunLedger(MetadataDatabase database, String project) {
    this.database = database;
    this.project = project;
  }

  /**
   * A stamp for the next run: {@code clock}, unless a run had that one or a later one already.
   *
   * @param clock microseconds since 1970
   * @throws NotFoundException if no applied revision has the view
   * @throws ConflictException if it was pruned
   */
  public long nextStamp(ViewId view, long clock) {
    return database.transaction(
        handle -> {
          requireUsable(handle, view);
          return new RunTable(handle, project, view)
              .lastStamp()
              .map(last -> Math.max(clock, last + 1))
              .orElse(clock);
        });
  }

  /**
   * Enters a run that is about to write rows.
   *
   * @param run neither published nor closed, its stamp after that of every other
   * @throws ConflictException if an earlier run is unfinished; if it is a backfill and the view is
   *     live; if it is live and its refresh is not after the last one; if the view was pruned
   * @throws NotFoundException if no applied revision has the view
   */
  public LedgerEntry open(ViewId view, Run run) {
    if (run.closed() || run.publishedAt().isPresent()) {
      throw new IllegalArgumentException(run + " (expected: neither published nor closed)");
    }
    return database.transaction(
        handle -> {
          requireUsable(handle, view);
          RunTable table = new RunTable(handle, project, view);
          LedgerRules.rejectUnfit(view, run, table.all());
          LedgerRules.rejectOldStamp(view, run, table.lastStamp());
          LedgerEntry entry = new LedgerEntry(run, Phase.OPEN, OptionalLong.empty());
          table.insert(entry);
          return entry;
        });
  }

  /**
   * Notes that the rows of an open run are in the table. A backfill is closed by that. Saying so
   * again changes nothing.
   */
  public LedgerEntry committed(ViewId view, long stamp, long rows) {
    return committed(view, stamp, rows, Optional.empty());
  }

  /** {@link #committed(ViewId, long, long)}, and when that was. */
  public LedgerEntry committed(ViewId view, long stamp, long rows, RunTime time) {
    return committed(view, stamp, rows, Optional.of(time));
  }

  private LedgerEntry committed(ViewId view, long stamp, long rows, Optional<RunTime> time) {
    return database.transaction(
        handle -> {
          RunTable table = new RunTable(handle, project, view);
          LedgerEntry entry = table.load(stamp);
          if (entry.phase() == Phase.OPEN) {
            table.commit(
                stamp, rows, entry.run().kind() == Kind.LIVE ? Phase.COMMITTED : Phase.CLOSED);
            time.ifPresent(known -> table.time(stamp, known));
          }
          return table.load(stamp);
        });
  }

  /**
   * Notes that the push of the last run has ended, which closes it: a live run, or the backfill
   * after which the view goes live. Saying the same again changes nothing.
   *
   * @param publishedAt not before that of any earlier run
   * @throws ConflictException if the run is not the last, has no rows in the table yet, or was
   *     published at another time
   */
  public LedgerEntry published(ViewId view, long stamp, long publishedAt) {
    return database.transaction(
        handle -> {
          RunTable table = new RunTable(handle, project, view);
          LedgerEntry entry = table.load(stamp);
          if (entry.run().publishedAt().isPresent()) {
            return LedgerRules.requireSame(view, entry, publishedAt);
          }
          LedgerRules.rejectUnpublishable(view, entry, publishedAt, table.all());
          table.publish(stamp, publishedAt);
          return table.load(stamp);
        });
  }

  /**
   * Removes an open run whose rows never came to the table and never will. Its stamp may be given
   * out again, as if the run had not been.
   *
   * @throws ConflictException if it has committed
   */
  public void remove(ViewId view, long stamp) {
    database.transaction(
        handle -> {
          RunTable table = new RunTable(handle, project, view);
          if (table.load(stamp).phase() != Phase.OPEN) {
            throw new ConflictException(
                "run %d of view '%s' has committed rows; it stays in the ledger"
                    .formatted(stamp, view));
          }
          table.delete(stamp);
          return stamp;
        });
  }

  /** All entries of a view, in the order of their stamps. */
  public List<LedgerEntry> entries(ViewId view) {
    return database.transaction(handle -> new RunTable(handle, project, view).all());
  }

  /**
   * When runs of a view committed, and how long that took, by their stamps. A measurement, not a
   * state: a run that was killed before it could say has none.
   */
  public Map<Long, RunTime> times(ViewId view) {
    return database.transaction(handle -> new RunTable(handle, project, view).times());
  }

  /** The runs of a view whose rows are in the table, in the order of their stamps. */
  public List<Run> runs(ViewId view) {
    return entries(view).stream()
        .filter(entry -> entry.phase() != Phase.OPEN)
        .map(LedgerEntry::run)
        .toList();
  }

  /** The run that was begun and not finished, if there is one. */
  public Optional<LedgerEntry> unfinished(ViewId view) {
    return entries(view).stream().filter(entry -> !entry.isFinished()).findFirst();
  }

  /** By whom and when the data of a version was deleted; empty if it was not. */
  public Optional<PrunedVersion> pruned(ViewId view) {
    return database.transaction(handle -> new PruneTable(handle, project).find(view));
  }

  /**
   * Does nothing unless the data of the version was deleted.
   *
   * @throws ConflictException if it was, or is about to be
   */
  public void rejectPruned(ViewId view) {
    database.transaction(
        handle -> {
          new PruneTable(handle, project).reject(view);
          return view;
        });
  }

  private void requireUsable(Handle handle, ViewId view) {
    if (new ClosedVersions(handle, project).shortId(view).isEmpty()) {
      throw ClosedVersions.notApplied(project, view);
    }
    new PruneTable(handle, project).reject(view);
  }
}
