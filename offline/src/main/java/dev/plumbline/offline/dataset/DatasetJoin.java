package dev.plumbline.offline.dataset;

import dev.plumbline.definition.DatasetDefinition;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.Source;
import dev.plumbline.failure.InvalidException;
import dev.plumbline.offline.Progress;
import dev.plumbline.offline.dataset.DatasetBuild.BeforeCoverage;
import dev.plumbline.offline.dataset.DatasetOptions.StatusColumns;
import dev.plumbline.offline.pointintime.JoinColumns;
import dev.plumbline.offline.pointintime.PointInTimeJoin;
import dev.plumbline.offline.source.SourceReader;
import dev.plumbline.offline.source.SourceRows;
import dev.plumbline.type.Field;
import dev.plumbline.vector.PortablePlan;
import dev.plumbline.vector.ServicePlan;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Labels joined with the features of a service: what a build writes, and what a verification
 * compares with it. The rows are a function of the revision, the labels, the instant and the log
 * position.
 */
final class DatasetJoin {
  private final Revision revision;
  private final LogReader logs;
  private final SourceReader sources;
  private final Progress progress;

  DatasetJoin(Revision revision, LogReader logs, SourceReader sources, Progress progress) {
    this.revision = revision;
    this.logs = logs;
    this.sources = sources;
    this.progress = progress;
  }

  /**
   * What came out; nothing of it is computed yet but the counts.
   *
   * @param rows keys, time, columns of the labels, values and statuses
   * @param statuses names of its columns that hold a status
   * @param labels the rows that were joined
   * @param quarantined bad rows of the labels' source that were left out
   */
  record Joined(
      DatasetDefinition definition,
      ServicePlan plan,
      DatasetLogs logs,
      Dataset<Row> labels,
      LabelRows.Counts counts,
      long quarantined,
      Dataset<Row> rows,
      List<String> statuses) {
    /** The rows with a last column that says whether each is to train, validate or test. */
    Dataset<Row> divided() {
      return rows.withColumn(SplitColumn.NAME, new SplitColumn(definition, counts).column());
    }
  }

  /**
   * Joins the labels that were known at {@code built}.
   *
   * @throws InvalidException if labels cannot be joined; the message counts them
   */
  Joined join(DatasetDefinition definition, Instant built, DatasetOptions options) {
    PointInTimeJoin join =
        new PointInTimeJoin(PortablePlan.ofService(revision, definition.service()));
    DatasetLogs read = logs.at(options.position(), join.plan());
    Source source = revision.source(definition.labels().source());
    SourceRows found = sources.open(source);
    LabelRows labels = LabelRows.known(definition, source, found.rows(), built);
    progress.at("checking the labels of " + definition.name());
    Instant coverage = read.coverage();
    LabelRows.Counts counts = labels.check(coverage);
    if (options.beforeCoverage() == BeforeCoverage.REFUSED) {
      counts.refuseUncovered(definition.name(), coverage);
    }
    progress.at(
        String.format(Locale.ROOT, "joining %,d labels with their features", counts.rows()));
    Dataset<Row> rows = join.join(ask(definition, join.plan(), labels.rows()), read);
    List<String> statuses = new JoinColumns(join.plan()).statuses();
    boolean kept = options.statusColumns() == StatusColumns.KEPT;
    return new Joined(
        definition,
        join.plan(),
        read,
        labels.rows(),
        counts,
        found.quarantined(),
        kept ? rows : rows.drop(statuses.toArray(String[]::new)),
        kept ? statuses : List.of());
  }

  private static PointInTimeJoin.Labels ask(
      DatasetDefinition definition, ServicePlan plan, Dataset<Row> labels) {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    for (ServicePlan.Role role : plan.roles()) {
      Map<String, String> columns = definition.labels().keys().getOrDefault(role.name(), Map.of());
      keys.put(
          role.name(),
          role.entity().keys().stream()
              .map(Field::name)
              .map(key -> columns.getOrDefault(key, key))
              .toList());
    }
    return new PointInTimeJoin.Labels(labels, definition.labels().time(), keys, Optional.empty());
  }
}
