package dev.plumbline.offline.log;

import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.Run;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.util.SnapshotUtil;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The newest row of each entity as of some run, in a table beside the log. A live run reads that
 * and the rows written since, so its cost does not grow with the log.
 *
 * <p>It is a cache: made from the log when enough has been added to it, a few states of it kept for
 * runs that look back, made anew where it is missing or belongs to another log. Whoever uses it
 * holds the view's lock.
 */
public final class Heads {
  static final Keeping KEEPING = new Keeping(16, 100_000, 4);
  private static final String LOG = "plumbline.log";
  private static final String UP_TO = "plumbline.up-to";

  private final FeatureTable log;
  private final String logId;
  private final BucketedTable table;
  private final Keeping keeping;

  /**
   * When heads are made, and how many states of them are kept.
   *
   * @param runs after so many they are made anew: every run has a file per bucket
   * @param rows after so many, or a quarter of what they hold if that is more, it is cheaper to
   *     make them than to read those again and again
   * @param states for runs that look back
   */
  record Keeping(int runs, long rows, int states) {}

  Heads(FeatureTable log, String logId, BucketedTable table, Keeping keeping) {
    this.keeping = keeping;
    this.log = log;
    this.logId = logId;
    this.table = table;
  }

  /**
   * One state of the heads.
   *
   * @param upTo stamp of the last run that they know
   */
  private record State(long snapshot, long upTo, long entities) {}

  /**
   * All that the log says of {@code refresh} and of any later time: per bucket and sorted by {@link
   * RowKeys#HASH}, rows among which is the newest of each entity with {@code event_time <=
   * refresh}, and every one after that.
   *
   * @param runs whose rows count
   */
  public JavaRDD<InternalRow> logSince(long refresh, Ledger runs) {
    List<Run> before = runs.runs().stream().filter(run -> run.lastRefresh() <= refresh).toList();
    Optional<State> state = before.isEmpty() ? Optional.empty() : state(before);
    long position = runs.last().map(Run::stamp).orElse(Long.MIN_VALUE);
    return rows(state, position);
  }

  /** The newest row of each entity, per bucket and sorted by {@link RowKeys#HASH}. */
  public JavaRDD<InternalRow> newest(Ledger runs) {
    LogSchema schema = log.schema();
    return logSince(Long.MAX_VALUE, runs).mapPartitions(rows -> new NewestOfKey(schema, rows));
  }

  private JavaRDD<InternalRow> rows(Optional<State> state, long position) {
    JavaRDD<InternalRow> recent =
        log.byHash(log.rows(state.map(State::upTo).orElse(Long.MIN_VALUE), position));
    return state
        .map(
            known ->
                table.byHash(table.rowsAt(known.snapshot())).zipPartitions(recent, SortedRows::new))
        .orElse(recent);
  }

  /** Heads that know no run after {@code runs} and not many less, if they are worth keeping. */
  private Optional<State> state(List<Run> runs) {
    long position = runs.get(runs.size() - 1).stamp();
    Optional<State> known = table.exists() ? newestState(position) : Optional.empty();
    long upTo = known.map(State::upTo).orElse(Long.MIN_VALUE);
    long since = runs.stream().filter(run -> run.stamp() > upTo).count();
    long worthwhile = Math.max(keeping.rows(), known.map(State::entities).orElse(0L) / 4);
    return since >= keeping.runs() || log.rowsAdded(upTo, position) >= worthwhile
        ? Optional.of(make(known, position))
        : known;
  }

  /** The state that knows most; a run that looked back may have made an earlier one after it. */
  private Optional<State> newestState(long position) {
    return StreamSupport.stream(SnapshotUtil.currentAncestors(table.iceberg()).spliterator(), false)
        .filter(snapshot -> logId.equals(snapshot.summary().get(LOG)))
        .map(Heads::state)
        .filter(state -> state.upTo() <= position)
        .max(Comparator.comparingLong(State::upTo));
  }

  private static State state(Snapshot snapshot) {
    Map<String, String> summary = snapshot.summary();
    return new State(
        snapshot.snapshotId(),
        Long.parseLong(summary.get(UP_TO)),
        Long.parseLong(summary.getOrDefault(SnapshotSummary.TOTAL_RECORDS_PROP, "0")));
  }

  private State make(Optional<State> known, long position) {
    table.create();
    LogSchema schema = log.schema();
    JavaRDD<InternalRow> newest =
        rows(known, position).mapPartitions(rows -> new NewestOfKey(schema, rows));
    table.replace(newest, Map.of(LOG, logId, UP_TO, String.valueOf(position)));
    forgetOldStates();
    return newestState(position)
        .orElseThrow(() -> new IllegalStateException("heads of " + log.name() + " were not kept"));
  }

  private void forgetOldStates() {
    table
        .iceberg()
        .expireSnapshots()
        .expireOlderThan(Long.MAX_VALUE)
        .retainLast(keeping.states())
        .commit();
  }
}
