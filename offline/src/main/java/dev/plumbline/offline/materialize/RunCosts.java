package dev.plumbline.offline.materialize;

import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Source;
import dev.plumbline.offline.Forecast.Basis;
import dev.plumbline.offline.Forecast.Cost;
import dev.plumbline.offline.Forecast.Kind;
import dev.plumbline.offline.Forecast.Step;
import dev.plumbline.offline.Ticker;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.offline.log.FeatureTable;
import dev.plumbline.offline.source.SourceReader;
import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.Refreshes;
import dev.plumbline.timeline.Run;
import dev.plumbline.timeline.run.PlannedRun;
import dev.plumbline.timeline.run.RowsInTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * About what runs of a view will cost: from past runs of the same kind, if the ledger knows how
 * long they took, else from computing a sample of the entities. Source rows are counted.
 */
final class RunCosts {
  /** Older runs than these say little of the next one. */
  private static final int PAST_RUNS = 20;

  /** Past runs that took less in all say more of the start of a job than of its rows. */
  private static final Duration TELLING = Duration.ofSeconds(5);

  private static final long MANY_ROWS = 5_000_000;
  private static final long SOME_ROWS = 500_000;

  private final Warehouse warehouse;
  private final SourceReader sources;
  private final Ticker ticker;
  private final FeatureView view;
  private final Entity entity;
  private final Source source;

  RunCosts(
      Warehouse warehouse,
      SourceReader sources,
      Ticker ticker,
      FeatureView view,
      Entity entity,
      Source source) {
    this.warehouse = warehouse;
    this.sources = sources;
    this.ticker = ticker;
    this.view = view;
    this.entity = entity;
    this.source = source;
  }

  /** A run that committed so many rows, and how long that took. */
  record Past(Run run, long rows, Duration took) {}

  /** Runs, and what they cost together. */
  record Priced(List<Step> steps, Cost cost) {}

  /**
   * What these runs will cost.
   *
   * @param planned one or more of one kind, in order
   * @param runs whose rows are in the table
   * @param all of the view that are known, in order
   */
  Priced of(List<PlannedRun> planned, Ledger runs, List<Past> all) {
    Kind kind = Forecaster.kind(planned.get(0));
    List<Past> past = past(kind, all);
    long reach = Chunking.reach(view, source, planned.get(0));
    long first = firstRefresh(planned, past);
    long last = planned.get(planned.size() - 1).refresh();
    long began = ticker.nanos();
    RowsInTime rows =
        new SourceTimes(sources, source)
            .count(reach == Long.MAX_VALUE ? first : first - reach, last, view.timing().grid());
    Duration counting = ticker.since(began);
    List<Step> steps =
        planned.stream()
            .<Step>map(run -> new Step.Compute(kind, refreshes(run), read(rows, run, reach)))
            .toList();
    long read = planned.stream().mapToLong(run -> read(rows, run, reach)).sum();
    Cost cost =
        fromPast(kind, planned, past, rows, reach, read)
            .orElseGet(
                () -> fromSample(planned, runs, read, read(rows, whole(planned), reach), counting));
    return new Priced(steps, cost);
  }

  private static List<Past> past(Kind kind, List<Past> all) {
    List<Past> alike =
        all.stream().filter(past -> past.run().kind().name().equals(kind.name())).toList();
    return alike.subList(Math.max(0, alike.size() - PAST_RUNS), alike.size());
  }

  private static long firstRefresh(List<PlannedRun> planned, List<Past> past) {
    long first = planned.get(0).opened().firstRefresh();
    return past.stream().mapToLong(each -> each.run().firstRefresh()).reduce(first, Math::min);
  }

  private static Refreshes refreshes(PlannedRun run) {
    Run opened = run.opened();
    return new Refreshes(opened.firstRefresh(), opened.lastRefresh());
  }

  private static long read(RowsInTime rows, PlannedRun run, long reach) {
    return read(rows, run.opened(), reach);
  }

  private static long read(RowsInTime rows, Run run, long reach) {
    long oldest = reach == Long.MAX_VALUE ? Long.MIN_VALUE : run.firstRefresh() - reach;
    return rows.within(oldest, run.lastRefresh());
  }

  /** The runs as one. */
  private static PlannedRun whole(List<PlannedRun> planned) {
    PlannedRun last = planned.get(planned.size() - 1);
    return last instanceof PlannedRun.Backfill
        ? new PlannedRun.Backfill(
            last.stamp(), planned.get(0).opened().firstRefresh(), last.refresh())
        : last;
  }

  private Optional<Cost> fromPast(
      Kind kind,
      List<PlannedRun> planned,
      List<Past> past,
      RowsInTime rows,
      long reach,
      long read) {
    Duration took = past.stream().map(Past::took).reduce(Duration.ZERO, Duration::plus);
    long wrote = past.stream().mapToLong(Past::rows).sum();
    long readThen = past.stream().mapToLong(each -> read(rows, each.run(), reach)).sum();
    boolean telling = kind == Kind.LIVE ? !past.isEmpty() : took.compareTo(TELLING) >= 0;
    if (!telling || wrote == 0 || readThen == 0) {
      return Optional.empty();
    }
    double share =
        kind == Kind.LIVE ? (double) planned.size() / past.size() : (double) read / readThen;
    long logRows = Math.round(wrote * share);
    return Optional.of(
        new Cost(
            read,
            logRows,
            Math.round(logRows * bytesPerRow()),
            times(took, share),
            new Basis.PastRuns(past.size())));
  }

  /** Of the rows in the table; there are some. */
  private double bytesPerRow() {
    FeatureTable table = warehouse.table(view, entity);
    Row sums =
        warehouse
            .spark()
            .table(table.name() + ".files")
            .selectExpr("cast(sum(file_size_in_bytes) as double) / sum(record_count)")
            .first();
    return sums.isNullAt(0) ? 0 : sums.getDouble(0);
  }

  /**
   * From the runs as one. What every row costs, whether it is in the sample or not, is taken to be
   * what counting it costs.
   *
   * @param once source rows that the runs would read if they were one
   */
  private Cost fromSample(
      List<PlannedRun> planned, Ledger runs, long read, long once, Duration counting) {
    int oneIn = entity.keys().isEmpty() || once < SOME_ROWS ? 1 : once < MANY_ROWS ? 8 : 64;
    SampleRun.Measured sample =
        new SampleRun(warehouse, sources, ticker)
            .compute(view, entity, source, whole(planned), runs, oneIn);
    Duration each = sample.took().minus(counting);
    Duration all =
        oneIn == 1
            ? sample.took()
            : counting.plus(each.isNegative() ? Duration.ZERO : each.multipliedBy(oneIn));
    return new Cost(
        read,
        sample.rows() * oneIn,
        sample.bytes() * oneIn,
        times(all, once == 0 ? 1 : (double) read / once),
        new Basis.Sample(oneIn));
  }

  private static Duration times(Duration time, double factor) {
    return Duration.ofMillis(Math.round(time.toMillis() * factor));
  }
}
