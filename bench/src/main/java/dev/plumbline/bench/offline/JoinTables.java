package dev.plumbline.bench.offline;

import dev.plumbline.bench.project.BenchProject;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.offline.Progress;
import dev.plumbline.offline.dataset.DatasetFormat;
import dev.plumbline.offline.maintain.ViewMaintenance;
import dev.plumbline.offline.materialize.ViewRuns;
import dev.plumbline.offline.pointintime.PointInTimeJoin;
import dev.plumbline.offline.pointintime.ViewLog;
import dev.plumbline.store.InMemoryOnlineStore;
import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.Run;
import dev.plumbline.vector.PortablePlan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Tables of the views, written by the product's own runs, and the product's join over them. */
final class JoinTables {
  private final BenchProject project;
  private final JoinData data;
  private final Revision revision;
  private final InMemoryOnlineStore markers;

  /** What live runs push is not read by anybody: tasks write it to stores that they forget. */
  JoinTables(BenchProject project, JoinData data, JoinViews.Arrival arrival) {
    this.project = project;
    this.data = data;
    InstantSource clock = InstantSource.fixed(data.end());
    this.revision = project.apply(JoinViews.definitions(data, arrival), clock);
    this.markers = new InMemoryOnlineStore(clock);
  }

  /**
   * Live runs after a backfill.
   *
   * @param count how many, one for each of the last grid points
   * @param late how long after the planned time each is published; less than a step
   * @param lookback how many refreshes each corrects; absent: all
   */
  record LiveRuns(int count, Duration late, OptionalInt lookback) {
    /** As many, punctual ones: what they write is visible when it is planned to be. */
    static LiveRuns punctual(int count) {
      return new LiveRuns(count, Duration.ZERO, OptionalInt.of(0));
    }
  }

  /**
   * Fills the table of a view: one backfill, then live runs.
   *
   * @param backfilled the source as the backfill finds it
   * @param live the source as live runs find it
   */
  void write(int view, Path backfilled, Path live, LiveRuns runs) {
    ViewId id = JoinViews.id(view);
    Instant last = data.end().minus(data.step().multipliedBy(runs.count()));
    runs(backfilled, last.plus(JoinData.LAG)).backfill(id, JoinData.FIRST.plus(data.step()), last);
    runs(live, last.plus(JoinData.LAG)).advance(id, runs.lookback());
    for (int i = 1; i <= runs.count(); i++) {
      Instant due = last.plus(data.step().multipliedBy(i)).plus(JoinData.LAG);
      runs(live, due.plus(runs.late())).advance(id, runs.lookback());
    }
  }

  private ViewRuns runs(Path source, Instant now) {
    InstantSource clock = InstantSource.fixed(now);
    return project.runs(
        revision, source, markers, () -> new InMemoryOnlineStore(clock), clock, Progress.SILENT);
  }

  /** Puts small files of a view's table together, as {@code plumb maintain} does. */
  void compact(int view) {
    runs(Path.of(""), data.end().plus(JoinData.LAG))
        .maintain(
            JoinViews.id(view),
            new ViewMaintenance(
                project.spark(), InstantSource.system(), Duration.ZERO, Progress.SILENT));
  }

  /** Labels and values, in the columns that every engine writes. */
  void join(Path labels, Path output) {
    PointInTimeJoin join = new PointInTimeJoin(PortablePlan.ofService(revision, JoinViews.SERVICE));
    Dataset<Row> joined =
        join.join(
            new PointInTimeJoin.Labels(
                project.spark().read().parquet(labels.toString()),
                "asked",
                Map.of("account", List.of("account")),
                Optional.empty()),
            view ->
                new ViewLog(
                    project.table(revision, view.id()),
                    new Ledger(view.timing(), project.ledger().runs(view.id()))));
    joined
        .select(data.written().stream().map(functions::col).toArray(Column[]::new))
        .write()
        .options(DatasetFormat.OPTIONS)
        .parquet(output.toString());
  }

  /** The runs of a view, in the order of their stamps. */
  List<Run> runs(int view) {
    return project.ledger().runs(JoinViews.id(view));
  }

  /** Addresses of the data files of a view's table. */
  List<String> files(int view) {
    return project.files(revision, JoinViews.id(view));
  }

  /**
   * The join over the tables as they are.
   *
   * @param layout how they came to be so, for people
   */
  Engine engine(String name, String layout, Path labels) {
    return new Engine(
        name,
        List.of(
            new Way() {
              @Override
              public String name() {
                return layout;
              }

              @Override
              public void layOut() {}

              @Override
              public void join(Path output) {
                JoinTables.this.join(labels, output);
              }
            }));
  }
}
