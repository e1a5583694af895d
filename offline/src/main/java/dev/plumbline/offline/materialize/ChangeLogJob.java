package dev.plumbline.offline.materialize;

import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Source;
import dev.plumbline.gate.GateVerdict;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.offline.gate.GateFailedException;
import dev.plumbline.offline.gate.RunGate;
import dev.plumbline.offline.log.BucketedRows;
import dev.plumbline.offline.log.FeatureTable;
import dev.plumbline.offline.log.StagedRun;
import dev.plumbline.offline.source.SourceReader;
import dev.plumbline.offline.source.SourceRows;
import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.log.ChangeLog;
import dev.plumbline.timeline.run.PlannedRun;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.LongAccumulator;

/**
 * Computes the rows of one run and commits them: the source is moved once, to the buckets of the
 * table.
 */
public final class ChangeLogJob {
  private final Warehouse warehouse;
  private final SourceReader sources;

  public ChangeLogJob(Warehouse warehouse, SourceReader sources) {
    this.warehouse = warehouse;
    this.sources = sources;
  }

  /**
   * What a run did.
   *
   * @param rows committed to the table
   * @param withoutKey source rows that were passed over because they name no entity
   * @param gates what was found of each expectation of the view, all of them met
   */
  public record Committed(long rows, long withoutKey, List<GateVerdict> gates) {}

  /**
   * The rows of a source, checked. Done before a run leaves its first trace.
   *
   * @throws dev.plumbline.offline.source.SourceMismatchException if the data is not what the source
   *     declares
   */
  SourceRows open(Source source) {
    return sources.open(source);
  }

  /**
   * Commits the rows of {@code run} in one piece; nothing is committed if anything fails. Empty if
   * it repeats others and changes nothing: then there is nothing to commit.
   *
   * @param runs whose rows count; all are older than {@code run}
   * @throws dev.plumbline.offline.source.SourceMismatchException if the data is not what the source
   *     declares
   * @throws GateFailedException if the newest refresh is not what the view expects
   * @throws dev.plumbline.failure.ConflictException if the log was changed meanwhile
   */
  public Optional<Committed> commit(
      FeatureView view, Entity entity, SourceRows read, PlannedRun run, Ledger runs) {
    Source source = read.source();
    FeatureTable table = warehouse.table(view, entity);
    table.create();
    EventRows events = new EventRows(entity, view, source);
    ChangeLog changes = ViewInputs.of(view, source).changeLog(view.timing());
    LongAccumulator withoutKey = warehouse.spark().sparkContext().longAccumulator();
    RunGate gate = new RunGate(warehouse.spark().sparkContext(), view, entity, run);
    BucketRun bucket =
        new BucketRun(table.schema(), events, changes, run, withoutKey, gate.watch().orElse(null));
    StagedRun staged = table.stage(run.stamp());
    try {
      Dataset<Row> selected =
          events.select(read.rows(), changes.firstEventTime(run), run.refresh());
      JavaRDD<InternalRow> rows =
          BucketedRows.movedByHash(selected)
              .zipPartitions(log(view, table, changes, run, runs), bucket::rows);
      long written = staged.write(rows);
      List<GateVerdict> gates = gate.pass(rows.getNumPartitions());
      if (written == 0 && run.repeats(runs)) {
        staged.discard();
        return Optional.empty();
      }
      staged.commit();
      return Optional.of(new Committed(written, withoutKey.value(), gates));
    } catch (Exception e) { // Scala throws checked ones too
      discard(staged, e);
      throw sources.explained(source, e);
    }
  }

  /** What went wrong first is what people are told. */
  private static void discard(StagedRun staged, Exception failure) {
    try {
      staged.discard();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /** What the run compares its values with. */
  private JavaRDD<InternalRow> log(
      FeatureView view, FeatureTable table, ChangeLog changes, PlannedRun run, Ledger runs) {
    if (runs.last().isEmpty()) {
      return BucketedRows.none(warehouse.spark());
    }
    return view.isWindowed()
        ? table.heads().logSince(run.from(), runs)
        : table.eventsSince(changes.firstEventTime(run), runs);
  }
}
