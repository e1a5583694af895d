package dev.plumbline.offline;

import dev.plumbline.offline.log.FeatureTable;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.type.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/** What a feature table holds, by entity, each entity's rows in the order of time. */
public final class CommittedRows {
  private CommittedRows() {}

  /** The rows of the run of this stamp. */
  public static Map<Bytes, List<FeatureRow>> ofRun(FeatureTable table, long stamp) {
    return rows(table, table.rows(stamp - 1, stamp));
  }

  /** The rows of all runs. */
  public static Map<Bytes, List<FeatureRow>> of(FeatureTable table) {
    return rows(table, table.rowsUpTo(Long.MAX_VALUE));
  }

  private static Map<Bytes, List<FeatureRow>> rows(FeatureTable table, Dataset<Row> selected) {
    Map<Bytes, List<FeatureRow>> rows = new HashMap<>();
    for (InternalRow row : selected.queryExecution().executedPlan().executeCollect()) {
      rows.computeIfAbsent(table.schema().entityKey(row), entity -> new ArrayList<>())
          .add(table.schema().featureRow(row));
    }
    rows.values().forEach(log -> log.sort(Comparator.comparing(FeatureRow::time)));
    return rows;
  }
}
