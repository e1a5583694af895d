package dev.plumbline.offline.source;

import dev.plumbline.definition.Source;
import dev.plumbline.expression.RawColumns;
import dev.plumbline.offline.source.SeenColumns.Seen;
import dev.plumbline.offline.source.SeenColumns.Unseen;
import dev.plumbline.registry.RawSchema;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Remembers what was seen of sources when their definitions were applied. */
public final class RecordedSight implements SourceSight {
  private final Function<String, Optional<RawSchema>> recorded;

  /**
   * A sight of the past.
   *
   * @param recorded what was seen last of a source, by its name
   */
  public RecordedSight(Function<String, Optional<RawSchema>> recorded) {
    this.recorded = recorded;
  }

  @Override
  public SeenColumns look(Source source) {
    Optional<RawSchema> found = recorded.apply(source.name());
    if (found.isEmpty()) {
      return new Unseen("no apply has seen it yet");
    }
    if (!found.get().readAs().equals(RawSchema.readAs(source))) {
      return new Unseen(
          "its format or query is another than when an apply saw it last, at "
              + found.get().seenAt());
    }
    StructType columns = (StructType) DataType.fromJson(found.get().columns());
    return new Seen(new RawColumns(columns), found.get().part());
  }

  /** What is to be remembered of a source that was seen now. */
  static RawSchema record(Source source, Seen seen, String place, Instant now) {
    StructType bare = new StructType();
    for (StructField field : seen.columns().schema().fields()) {
      bare = bare.add(field.name(), field.dataType());
    }
    return new RawSchema(
        source.name(), RawSchema.readAs(source), place, bare.json(), seen.part(), now);
  }
}
