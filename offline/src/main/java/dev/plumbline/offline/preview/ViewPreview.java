package dev.plumbline.offline.preview;

import static org.apache.spark.sql.functions.xxhash64;

import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.Source;
import dev.plumbline.expression.SparkNames;
import dev.plumbline.offline.Progress;
import dev.plumbline.offline.log.LogSchema;
import dev.plumbline.offline.materialize.RefreshValues;
import dev.plumbline.offline.materialize.RefreshValues.Chosen;
import dev.plumbline.offline.source.SourceReader;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.type.Micros;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.storage.StorageLevel;

/** Looks at views of a revision on real rows. Writes nothing, and asks neither ledger nor table. */
public final class ViewPreview {
  /** A source of more bytes takes longer than somebody waits who only wants to look. */
  private static final long LARGE = 1L << 30;

  private static final int OF_A_LARGE_ONE = 16;

  private final Revision revision;
  private final SparkSession spark;
  private final SourceReader sources;
  private final Progress progress;

  public ViewPreview(
      Revision revision, SparkSession spark, SourceReader sources, Progress progress) {
    this.revision = revision;
    this.spark = spark;
    this.sources = sources;
    this.progress = progress;
  }

  /**
   * A view at a refresh, over its entities.
   *
   * @param refresh a grid point of the view
   * @param oneIn of its entities one in so many is computed; empty: all, of a large source fewer
   * @param examples how many entities are shown
   * @throws dev.plumbline.offline.source.SourceMismatchException if the data is not what the source
   *     declares
   */
  public Preview over(FeatureView view, long refresh, OptionalInt oneIn, int examples) {
    int many = oneIn.orElseGet(() -> fewEnough(view));
    return preview(view, refresh, new Chosen.OneIn(many), many, examples);
  }

  /** {@link #over}, of one entity; it has no example if it has no values. */
  public Preview of(FeatureView view, long refresh, List<Object> key) {
    return preview(view, refresh, new Chosen.One(key), 1, 1);
  }

  private int fewEnough(FeatureView view) {
    boolean single = revision.entity(view.entity()).keys().isEmpty();
    return single || sources.bytes(revision.source(view.source())) < LARGE ? 1 : OF_A_LARGE_ONE;
  }

  private Preview preview(FeatureView view, long refresh, Chosen chosen, int oneIn, int examples) {
    Entity entity = revision.entity(view.entity());
    Source source = revision.source(view.source());
    progress.at("computing %s from %s".formatted(view.id(), source.name()));
    try {
      RefreshValues.Computed computed =
          new RefreshValues(spark, sources).at(view, entity, source, refresh, chosen);
      Dataset<Row> rows = computed.rows().persist(StorageLevel.MEMORY_AND_DISK());
      try {
        Profiles.Counted counted = new Profiles(rows, view.fields()).counted();
        return new Preview(
            view,
            entity,
            Micros.instant(refresh),
            oneIn,
            counted.rows(),
            computed.sourceRows().getAsLong(),
            computed.withoutKey().getAsLong(),
            counted.features(),
            examples(rows, new LogSchema(entity, view), examples));
      } finally {
        rows.unpersist();
      }
    } catch (Exception e) { // Scala throws checked ones too
      throw sources.explained(source, e);
    }
  }

  /** Chosen by a hash of their keys, so that they do not all begin with an A. */
  private static List<Preview.Example> examples(Dataset<Row> rows, LogSchema schema, int most) {
    Column[] keys =
        schema.keys().stream().map(key -> SparkNames.column(key.name())).toArray(Column[]::new);
    Dataset<Row> some = keys.length == 0 ? rows : rows.orderBy(xxhash64(keys)).limit(most);
    List<Preview.Example> examples = new ArrayList<>();
    for (InternalRow row : some.queryExecution().executedPlan().executeCollect()) {
      FeatureRow values = schema.featureRow(row);
      Instant eventTime = Micros.instant(values.time().eventTime());
      examples.add(
          new Preview.Example(
              schema.keyValues(row), eventTime, Objects.requireNonNull(values.values())));
    }
    examples.sort(Comparator.comparing(example -> example.key().toString()));
    return examples;
  }
}
