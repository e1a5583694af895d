package dev.plumbline.offline.dataset;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.definition.DatasetDefinition;
import dev.plumbline.registry.AppliedRevision;
import dev.plumbline.timeline.Run;
import dev.plumbline.timeline.Status;
import dev.plumbline.type.Micros;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/** What a dataset was built from and what it holds, as JSON. */
final class Manifest {
  /** The field of the {@link ContentHash}. */
  static final String CONTENT_HASH = "content_hash";

  private static final JsonMapper MAPPER = new JsonMapper();

  private final AppliedRevision applied;
  private final DatasetDefinition definition;
  private final DatasetLogs logs;
  private final LabelRows.Counts labels;
  private final long quarantined;
  private final Instant built;

  Manifest(
      AppliedRevision applied,
      DatasetDefinition definition,
      DatasetLogs logs,
      LabelRows.Counts labels,
      long quarantined,
      Instant built) {
    this.quarantined = quarantined;
    this.built = built;
    this.applied = applied;
    this.definition = definition;
    this.logs = logs;
    this.labels = labels;
  }

  String dataset() {
    return definition.name();
  }

  long rows() {
    return labels.rows();
  }

  /** Bad rows of the source of the labels that were left out. */
  long quarantined() {
    return quarantined;
  }

  Instant built() {
    return built;
  }

  ObjectNode describe(Dataset<Row> written, int version, String contentHash) {
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
            .put(CONTENT_HASH, contentHash);
    manifest
        .putObject("labels")
        .put("source", definition.labels().source())
        .put("time", definition.labels().time())
        .put("rows", labels.rows())
        .put("before_coverage", labels.beforeCoverage())
        .put("quarantined", quarantined);
    views(manifest.putArray("views"));
    describe(manifest, written);
    manifest
        .putObject("versions")
        .put("spark", written.sparkSession().version())
        .put("java", Runtime.version().toString());
    return manifest;
  }

  private void views(ArrayNode views) {
    logs.byView()
        .forEach(
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

  /** Counts everything in one pass over the rows. */
  private static void describe(ObjectNode manifest, Dataset<Row> written) {
    Counting counting = new Counting();
    ArrayNode columns = manifest.putArray("columns");
    for (StructField field : written.schema().fields()) {
      Column column = col("`" + field.name() + "`");
      ObjectNode node =
          columns
              .addObject()
              .put("name", field.name())
              .put("type", field.dataType().catalogString());
      counting.count(node, "nulls", column.isNull());
      if (field.name().endsWith("__status")) {
        ObjectNode statuses = node.putObject("statuses");
        for (Status status : Status.values()) {
          counting.count(statuses, status.name(), column.equalTo(status.name()));
        }
      }
    }
    ObjectNode splits = manifest.putObject("splits");
    for (String split : DatasetBuild.SPLITS) {
      counting.count(splits, split, col(DatasetBuild.SPLIT).equalTo(split));
    }
    counting.over(written);
  }

  /** Conditions to count, and where the numbers go. */
  private static final class Counting {
    private record Target(ObjectNode node, String name) {}

    private final List<Column> counts = new ArrayList<>();
    private final List<Target> targets = new ArrayList<>();

    void count(ObjectNode node, String name, Column condition) {
      counts.add(count_if(condition));
      targets.add(new Target(node, name));
      node.put(name, 0);
    }

    void over(Dataset<Row> rows) {
      Row numbers = rows.select(counts.toArray(Column[]::new)).first();
      for (int i = 0; i < targets.size(); i++) {
        targets.get(i).node().put(targets.get(i).name(), numbers.getLong(i));
      }
    }
  }
}
