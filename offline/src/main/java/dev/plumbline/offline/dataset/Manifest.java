package dev.plumbline.offline.dataset;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.definition.DatasetDefinition.Split;
import dev.plumbline.definition.OnDemandView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.Source;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.json.Meaning;
import dev.plumbline.expression.SparkNames;
import dev.plumbline.offline.ContentHash;
import dev.plumbline.offline.dataset.DatasetOptions.StatusColumns;
import dev.plumbline.offline.pointintime.JoinColumns;
import dev.plumbline.project.Release;
import dev.plumbline.timeline.Run;
import dev.plumbline.timeline.Status;
import dev.plumbline.type.Micros;
import dev.plumbline.vector.ServicePlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/** What a dataset was built from and what it holds, as JSON. */
final class Manifest {
  /** The field of the {@link ContentHash}. */
  static final String CONTENT_HASH = "content_hash";

  private static final JsonMapper MAPPER = new JsonMapper();

  private final String fingerprint;
  private final Revision revision;
  private final DatasetJoin.Joined joined;
  private final DatasetOptions options;
  private final Instant built;
  private final Optional<CodeCommit> code;

  /**
   * Of these rows.
   *
   * @param fingerprint of the applied revision that says what features mean
   * @param revision that revision, perhaps with a definition more
   */
  Manifest(
      String fingerprint,
      Revision revision,
      DatasetJoin.Joined joined,
      DatasetOptions options,
      Instant built,
      Optional<CodeCommit> code) {
    this.fingerprint = fingerprint;
    this.revision = revision;
    this.joined = joined;
    this.options = options;
    this.built = built;
    this.code = code;
  }

  String dataset() {
    return joined.definition().name();
  }

  long rows() {
    return joined.counts().rows();
  }

  /** Bad rows of the source of the labels that were left out. */
  long quarantined() {
    return joined.quarantined();
  }

  Instant built() {
    return built;
  }

  /**
   * The manifest.
   *
   * @param written the rows, as they are read from the files
   * @param version absent for a dataset that is in no catalog
   */
  ObjectNode describe(Dataset<Row> written, OptionalInt version, String contentHash) {
    ObjectNode manifest =
        MAPPER.createObjectNode().put("schema", "plumb.dataset.v1").put("name", dataset());
    version.ifPresent(
        number -> manifest.put("version", number).put("service", joined.plan().name()));
    manifest
        .put("registry_revision", fingerprint)
        .put("built_at", built.toString())
        .put("rows", rows())
        .put(CONTENT_HASH, contentHash);
    if (options.position() instanceof LogPosition.AsOf asOf) {
      manifest.put("as_of", asOf.instant().toString());
    }
    manifest.put("status_columns", options.statusColumns() == StatusColumns.KEPT);
    labels(manifest.putObject("labels"), version.isPresent());
    ArrayNode features = manifest.putArray("features");
    joined.plan().outputs().forEach(output -> features.add(output.ref().toString()));
    views(manifest);
    joined
        .definition()
        .split()
        .ifPresent(split -> manifest.set("split", split(split, joined.counts().ends())));
    describe(manifest, written);
    versions(manifest.putObject("versions"), written);
    code.ifPresent(
        commit ->
            manifest.putObject("code").put("commit", commit.hash()).put("dirty", commit.dirty()));
    return manifest;
  }

  private void labels(ObjectNode node, boolean declared) {
    Source source = revision.source(joined.definition().labels().source());
    node.put(declared ? "source" : "file", declared ? source.name() : source.place())
        .put("time", joined.definition().labels().time())
        .put("rows", rows())
        .put(CONTENT_HASH, ContentHash.of(joined.labels()))
        .put("before_coverage", joined.counts().beforeCoverage())
        .put("quarantined", quarantined());
  }

  private void views(ObjectNode manifest) {
    SortedMap<ViewId, Meaning> meanings = Meaning.of(revision);
    ArrayNode views = manifest.putArray("views");
    joined
        .logs()
        .byView()
        .forEach(
            (view, log) -> {
              Run last = log.ledger().last().orElseThrow();
              ObjectNode node =
                  view(views, view.id(), meanings)
                      .put("log_position", last.stamp())
                      .put("newest_refresh", Micros.instant(last.lastRefresh()).toString());
              last.publishedAt()
                  .ifPresent(at -> node.put("published_at", Micros.instant(at).toString()));
            });
    ArrayNode computed = manifest.putArray("on_demand_views");
    joined.plan().steps().stream()
        .map(ServicePlan.Step::view)
        .map(OnDemandView::id)
        .forEach(id -> view(computed, id, meanings));
  }

  private static ObjectNode view(ArrayNode views, ViewId id, SortedMap<ViewId, Meaning> meanings) {
    Meaning meaning = meanings.get(id);
    return views
        .addObject()
        .put("view", id.toString())
        .put("fingerprint", meaning == null ? "" : meaning.fingerprint());
  }

  /**
   * How labels were shared out.
   *
   * @param ends where that is by time, the last instants of the first and of the second split
   */
  private static ObjectNode split(Split split, List<Long> ends) {
    ObjectNode node = MAPPER.createObjectNode();
    if (split.by() instanceof Split.Key key) {
      node.put("by", key.name()).put("seed", key.seed());
    } else {
      node.put("by", "time");
    }
    node.put("train", split.train())
        .put("validation", split.validation())
        .put("test", split.test());
    if (split.by() instanceof Split.Time) {
      if (split.train() > 0) {
        node.put("train_ends", Micros.instant(ends.get(0)).toString());
      }
      if (split.validation() > 0) {
        node.put("validation_ends", Micros.instant(ends.get(1)).toString());
      }
    }
    return node;
  }

  private static void versions(ObjectNode node, Dataset<Row> written) {
    node.put("plumbline", Release.VERSION)
        .put("spark", written.sparkSession().version())
        .put("java", Runtime.version().toString());
  }

  /** From columns to the values that stand in there for MISSING and EXPIRED, as text. */
  private Map<String, String> defaults() {
    JoinColumns names = new JoinColumns(joined.plan());
    Map<String, String> defaults = new HashMap<>();
    for (ServicePlan.Output output : joined.plan().outputs()) {
      output
          .whenAbsent()
          .ifPresent(value -> defaults.put(names.value(output), String.valueOf(value)));
    }
    return defaults;
  }

  /** Counts everything in one pass over the rows. */
  private void describe(ObjectNode manifest, Dataset<Row> written) {
    Counting counting = new Counting(rows());
    Map<String, String> defaults = defaults();
    ArrayNode columns = manifest.putArray("columns");
    for (StructField field : written.schema().fields()) {
      Column column = SparkNames.column(field.name());
      ObjectNode node =
          columns
              .addObject()
              .put("name", field.name())
              .put("type", field.dataType().catalogString());
      if (defaults.containsKey(field.name())) {
        node.put("default", defaults.get(field.name()));
      }
      counting.count(node, "nulls", column.isNull());
      counting.share(node, "null_share", column.isNull());
      if (joined.statuses().contains(field.name())) {
        ObjectNode statuses = node.putObject("statuses");
        ObjectNode shares = node.putObject("status_shares");
        for (Status status : Status.values()) {
          Column has = column.equalTo(status.name());
          counting.count(statuses, status.name(), has);
          counting.share(shares, status.name(), has);
        }
      }
    }
    if (Arrays.asList(written.columns()).contains(SplitColumn.NAME)) {
      ObjectNode splits = manifest.putObject("splits");
      for (String split : SplitColumn.SPLITS) {
        counting.count(splits, split, col(SplitColumn.NAME).equalTo(split));
      }
    }
    counting.over(written);
  }

  /** Conditions to count, and where the numbers go, or their shares of all rows. */
  private static final class Counting {
    private record Target(ObjectNode node, String name, boolean share) {}

    private final long rows;
    private final List<Column> counts = new ArrayList<>();
    private final List<Target> targets = new ArrayList<>();

    Counting(long rows) {
      this.rows = rows;
    }

    void count(ObjectNode node, String name, Column condition) {
      add(new Target(node, name, false), condition);
    }

    void share(ObjectNode node, String name, Column condition) {
      add(new Target(node, name, true), condition);
    }

    private void add(Target target, Column condition) {
      counts.add(count_if(condition));
      targets.add(target);
      target.node().put(target.name(), 0); // keeps its place among its neighbours
    }

    void over(Dataset<Row> written) {
      Row numbers = written.select(counts.toArray(Column[]::new)).first();
      for (int i = 0; i < targets.size(); i++) {
        Target target = targets.get(i);
        if (target.share()) {
          target.node().put(target.name(), numbers.getLong(i) / (double) rows);
        } else {
          target.node().put(target.name(), numbers.getLong(i));
        }
      }
    }
  }
}
