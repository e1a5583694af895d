package dev.plumbline.offline.materialize;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Source;
import dev.plumbline.expression.CatalystValues;
import dev.plumbline.expression.SparkTypes;
import dev.plumbline.offline.log.BucketedRows;
import dev.plumbline.offline.log.LogSchema;
import dev.plumbline.offline.log.RowKeys;
import dev.plumbline.offline.source.SourceReader;
import dev.plumbline.timeline.log.ChangeLog;
import dev.plumbline.timeline.run.PlannedRun;
import dev.plumbline.type.Field;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.LongSupplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.util.LongAccumulator;
import org.jspecify.annotations.Nullable;

/**
 * The values that a view has at one refresh: what a run of that refresh alone would write to a log
 * that is empty, to the bit, and written nowhere.
 */
public final class RefreshValues {
  /** What no run is stamped with. */
  private static final long UNSTAMPED = 0;

  private final SparkSession spark;
  private final SourceReader sources;

  public RefreshValues(SparkSession spark, SourceReader sources) {
    this.spark = spark;
    this.sources = sources;
  }

  /** Of which entities. */
  public sealed interface Chosen {
    /** One of them. @param key canonical values, in the order of the entity's keys */
    record One(List<Object> key) implements Chosen {
      public One {
        key = List.copyOf(key);
      }
    }

    /** One in so many, by a hash of their keys: evenly, and the same ones each time. */
    record OneIn(int many) implements Chosen {}
  }

  /**
   * Rows that are computed when they are asked for.
   *
   * @param rows one for each entity, as {@link LogSchema#struct} has them
   * @param sourceRows how many source rows they were made of, once they are computed
   * @param withoutKey how many more named no entity
   */
  public record Computed(Dataset<Row> rows, LongSupplier sourceRows, LongSupplier withoutKey) {}

  /**
   * The values at one refresh.
   *
   * @param refresh a grid point of the view
   * @throws dev.plumbline.offline.source.SourceMismatchException if the data is not what the source
   *     declares
   */
  public Computed at(FeatureView view, Entity entity, Source source, long refresh, Chosen chosen) {
    PlannedRun run =
        new PlannedRun.Live(
            UNSTAMPED, view.isWindowed() ? refresh : PlannedRun.Live.EVERYTHING, refresh);
    EventRows events = new EventRows(entity, view, source);
    ChangeLog changes = ViewInputs.of(view, source).changeLog(view.timing());
    LogSchema schema = new LogSchema(entity, view);
    LongAccumulator read = spark.sparkContext().longAccumulator();
    LongAccumulator withoutKey = spark.sparkContext().longAccumulator();
    BucketRun bucket = new BucketRun(schema, events, changes, run, withoutKey, null);
    long from = changes.firstEventTime(run);
    Dataset<Row> slice = sources.slice(source, from, refresh).where(isChosen(chosen, view, entity));
    JavaRDD<InternalRow> moved =
        BucketedRows.movedByHash(events.select(slice, from, refresh))
            .map(
                row -> {
                  read.add(1);
                  return row;
                });
    JavaRDD<InternalRow> newest =
        moved
            .zipPartitions(BucketedRows.none(spark), bucket::rows)
            .mapPartitions(rows -> new LastOfEntity(schema, rows));
    var session = (org.apache.spark.sql.classic.SparkSession) spark;
    return new Computed(
        session.internalCreateDataFrame(newest.rdd(), schema.struct(), false),
        () -> read.value() - withoutKey.value(),
        withoutKey::value);
  }

  private static Column isChosen(Chosen chosen, FeatureView view, Entity entity) {
    List<Column> keys =
        entity.keys().stream()
            .map(
                key -> col("`" + view.keys().get(key.name()) + "`").cast(SparkTypes.of(key.type())))
            .toList();
    return chosen instanceof Chosen.One one
        ? isEntity(one, keys, entity.keys())
        : SampleRun.isChosen(keys, ((Chosen.OneIn) chosen).many());
  }

  private static Column isEntity(Chosen.One one, List<Column> columns, List<Field> keys) {
    Column all = lit(true);
    for (int i = 0; i < keys.size(); i++) {
      Field key = keys.get(i);
      Literal value =
          Literal.create(
              CatalystValues.toCatalyst(key.type(), one.key().get(i)), SparkTypes.of(key.type()));
      all = all.and(columns.get(i).equalTo(ExpressionUtils.column(value)));
    }
    return all;
  }

  /** The last row of each entity, of rows that lie entity by entity and in the order of time. */
  private static final class LastOfEntity implements Iterator<InternalRow> {
    private final RowKeys keys;
    private final Iterator<InternalRow> rows;
    private @Nullable InternalRow head;

    LastOfEntity(LogSchema schema, Iterator<InternalRow> rows) {
      this.keys = new RowKeys(schema.keys());
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      return head != null || rows.hasNext();
    }

    @Override
    public InternalRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      InternalRow last = head == null ? rows.next() : head;
      head = null;
      while (head == null && rows.hasNext()) {
        InternalRow row = rows.next();
        if (keys.same(last, row)) {
          last = row;
        } else {
          head = row;
        }
      }
      return last;
    }
  }
}
