package dev.plumbline.offline;

import dev.plumbline.definition.Entity;
import dev.plumbline.expression.CatalystValues;
import dev.plumbline.expression.SparkTypes;
import dev.plumbline.offline.log.FeatureTable;
import dev.plumbline.type.Field;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;

/**
 * Entities that a view's log knows, chosen by a hash of their keys: evenly, and the same ones each
 * time.
 */
public final class EntitySample {
  private EntitySample() {}

  /** Canonical key values of up to {@code most} entities that a run up to {@code stamp} wrote. */
  public static List<List<Object>> of(FeatureTable table, Entity entity, long stamp, int most) {
    Column[] keys =
        entity.keys().stream()
            .map(key -> functions.col("`" + key.name() + "`"))
            .toArray(Column[]::new);
    if (keys.length == 0) {
      return List.of(List.of());
    }
    Dataset<Row> chosen =
        table.rowsUpTo(stamp).select(keys).distinct().orderBy(functions.xxhash64(keys)).limit(most);
    List<List<Object>> sample = new ArrayList<>();
    for (InternalRow row : chosen.queryExecution().executedPlan().executeCollect()) {
      List<Object> values = new ArrayList<>();
      for (int i = 0; i < keys.length; i++) {
        Field key = entity.keys().get(i);
        Object value =
            CatalystValues.toCanonical(key.type(), row.get(i, SparkTypes.of(key.type())));
        values.add(java.util.Objects.requireNonNull(value, "keys are not null"));
      }
      sample.add(values);
    }
    return sample;
  }
}
