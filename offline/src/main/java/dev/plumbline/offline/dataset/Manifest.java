package dev.plumbline.offline.dataset;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.definition.DatasetDefinition;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.offline.pointintime.ViewLog;
import dev.plumbline.registry.AppliedRevision;
import dev.plumbline.timeline.Run;
import dev.plumbline.type.Micros;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/** What a dataset was built from and what it holds, as JSON. */
final class Manifest {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final AppliedRevision applied;
  private final DatasetDefinition definition;
  private final Map<FeatureView, ViewLog> logs;
  private final LabelRows.Counts labels;

  Manifest(
      AppliedRevision applied,
      DatasetDefinition definition,
      Map<FeatureView, ViewLog> logs,
      LabelRows.Counts labels) {
    this.applied = applied;
    this.definition = definition;
    this.logs = logs;
    this.labels = labels;
  }

  ObjectNode describe(Dataset<Row> written, int version, String contentHash, Instant built) {
    ObjectNode manifest =
        MAPPER
            .createObjectNode()
            .put("schema", "plumb.dataset.v1")
            .put("name", definition.name())
            .put("version", version)
            .put("service", definition.service())
            .put("registry_revision", applied.fingerprint())
            .put("built_at", built.toString())
            .put("rows", labels.rows())
            .put("content_hash", contentHash);
    manifest
        .putObject("labels")
        .put("source", definition.labels().source())
        .put("time", definition.labels().time())
        .put("rows", labels.rows())
        .put("before_coverage", labels.beforeCoverage());
    views(manifest.putArray("views"));
    columns(manifest.putArray("columns"), written);
    splits(manifest.putObject("splits"), written);
    manifest
        .putObject("versions")
        .put("spark", written.sparkSession().version())
        .put("java", Runtime.version().toString());
    return manifest;
  }

  private void views(ArrayNode views) {
    logs.forEach(
        (view, log) -> {
          Run last = log.ledger().last().orElseThrow();
          ObjectNode node =
              views
                  .addObject()
                  .put("view", view.id().toString())
                  .put("log_position", last.stamp())
                  .put("newest_refresh", Micros.instant(last.lastRefresh()).toString());
          last.publishedAt()
              .ifPresent(at -> node.put("published_at", Micros.instant(at).toString()));
        });
  }

  private static void columns(ArrayNode columns, Dataset<Row> written) {
    StructField[] fields = written.schema().fields();
    List<Column> nulls = new ArrayList<>();
    for (StructField field : fields) {
      nulls.add(coalesce(sum(col("`" + field.name() + "`").isNull().cast("bigint")), lit(0L)));
    }
    Row counts = written.select(nulls.toArray(Column[]::new)).first();
    for (int i = 0; i < fields.length; i++) {
      ObjectNode column =
          columns
              .addObject()
              .put("name", fields[i].name())
              .put("type", fields[i].dataType().catalogString())
              .put("nulls", counts.getLong(i));
      if (fields[i].name().endsWith("__status")) {
        statuses(column.putObject("statuses"), written, fields[i].name());
      }
    }
  }

  private static void statuses(ObjectNode statuses, Dataset<Row> written, String column) {
    for (Row row :
        written.groupBy("`" + column + "`").count().orderBy("`" + column + "`").collectAsList()) {
      statuses.put(row.getString(0), row.getLong(1));
    }
  }

  private static void splits(ObjectNode splits, Dataset<Row> written) {
    for (Row row : written.groupBy("split").count().orderBy("split").collectAsList()) {
      splits.put(row.getString(0), row.getLong(1));
    }
  }
}
