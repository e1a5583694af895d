package dev.plumbline.offline.materialize;

import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.Source;
import dev.plumbline.definition.ViewId;
import dev.plumbline.offline.Forecast;
import dev.plumbline.offline.Forecast.Cost;
import dev.plumbline.offline.Forecast.Kind;
import dev.plumbline.offline.Forecast.Step;
import dev.plumbline.offline.Progress;
import dev.plumbline.offline.Ticker;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.offline.log.FeatureTable;
import dev.plumbline.offline.source.SourceReader;
import dev.plumbline.registry.LedgerEntry;
import dev.plumbline.registry.RunLedger;
import dev.plumbline.registry.RunTime;
import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.Refreshes;
import dev.plumbline.timeline.Run;
import dev.plumbline.timeline.run.NextRun;
import dev.plumbline.timeline.run.PlannedRun;
import dev.plumbline.timeline.run.RemainingBackfill;
import dev.plumbline.timeline.run.RunPlanner;
import dev.plumbline.type.Micros;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Tells what {@link ViewRuns} would do now, and about what that would cost. Changes nothing:
 * neither ledger nor table, and takes no lock, so that what it tells may be outdated when it is
 * read.
 */
public final class Forecaster {
  private final Revision revision;
  private final Warehouse warehouse;
  private final SourceReader sources;
  private final RunLedger ledger;
  private final InstantSource clock;
  private final Progress progress;
  private final Chunking chunking;

  public Forecaster(
      Revision revision,
      Warehouse warehouse,
      SourceReader sources,
      RunLedger ledger,
      InstantSource clock,
      Progress progress) {
    this.revision = revision;
    this.warehouse = warehouse;
    this.sources = sources;
    this.ledger = ledger;
    this.clock = clock;
    this.progress = progress;
    this.chunking = new Chunking(sources);
  }

  /**
   * What {@link ViewRuns#backfill(ViewId, Instant, Instant, Optional)} would do; refused like it.
   */
  public Forecast backfill(ViewId id, Instant from, Instant to, Optional<Duration> chunk) {
    FeatureView view = revision.view(id);
    progress.at("estimating " + id);
    Refreshes asked = view.timing().grid().between(from, to);
    Ledger runs = settled(view);
    List<PlannedRun> planned = chunks(view, runs, asked, chunk);
    return new Costing(view, runs).forecast(planned, List.of(), Optional.empty());
  }

  /** What {@link ViewRuns#advance} would do. */
  public Forecast advance(ViewId id, OptionalInt lookback) {
    FeatureView view = revision.view(id);
    progress.at("estimating " + id);
    Ledger runs = settled(view);
    List<PlannedRun> planned = new ArrayList<>();
    List<Step> publications = new ArrayList<>();
    long now = now();
    Ledger then = runs;
    for (int stamp = 1; ; stamp++) {
      NextRun next = planner(view, then, stamp).next(now, lookback);
      if (next instanceof NextRun.NothingDue) {
        OptionalLong due = planner(view, then, stamp).nextDueAt();
        return new Costing(view, runs)
            .forecast(planned, publications, Optional.of(Micros.instant(due.orElseThrow())));
      }
      if (next instanceof NextRun.FinishBackfill rest) {
        List<PlannedRun> chunks = chunks(view, then, rest.asked(), Optional.empty());
        planned.addAll(chunks);
        then = followed(view, then, chunks.get(chunks.size() - 1).committed());
      } else if (next instanceof NextRun.Refresh refresh) {
        planned.add(refresh.run());
        then = followed(view, then, refresh.run().committed());
      } else {
        publications.add(new Step.Publish(Micros.instant(then.lastRefresh().orElseThrow())));
        then = published(view, then, now);
      }
    }
  }

  private List<PlannedRun> chunks(
      FeatureView view, Ledger runs, Refreshes asked, Optional<Duration> chunk) {
    long now = now();
    RemainingBackfill rest = planner(view, runs, 0).remaining(asked, now);
    List<PlannedRun> planned = new ArrayList<>();
    long stamp = runs.last().map(Run::stamp).orElse(0L);
    for (Refreshes each :
        rest.chunks(view.timing().grid(), chunking.size(view, source(view), rest, chunk))) {
      planned.add(new PlannedRun.Backfill(++stamp, each.first(), each.last(), rest.asked()));
    }
    return planned;
  }

  private static RunPlanner planner(FeatureView view, Ledger runs, int after) {
    return new RunPlanner(view.timing(), runs, runs.last().map(Run::stamp).orElse(0L) + after);
  }

  private static Ledger followed(FeatureView view, Ledger runs, Run next) {
    List<Run> longer = new ArrayList<>(runs.runs());
    longer.add(next);
    return new Ledger(view.timing(), longer);
  }

  private static Ledger published(FeatureView view, Ledger runs, long now) {
    List<Run> marked = new ArrayList<>(runs.runs());
    int last = marked.size() - 1;
    marked.set(last, marked.get(last).published(now));
    return new Ledger(view.timing(), marked);
  }

  /** The ledger as it will be when a killed run's traces are cleared up. */
  private Ledger settled(FeatureView view) {
    List<Run> runs = new ArrayList<>(ledger.runs(view.id()));
    ledger
        .unfinished(view.id())
        .filter(entry -> entry.phase() == LedgerEntry.Phase.OPEN)
        .filter(entry -> table(view).exists())
        .filter(entry -> table(view).committedRows(entry.run().stamp()).isPresent())
        .ifPresent(entry -> runs.add(entry.run()));
    return new Ledger(view.timing(), runs);
  }

  /** What is known of runs, and how long they took, in the order of their stamps. */
  private List<RunCosts.Past> past(ViewId id) {
    Map<Long, RunTime> times = ledger.times(id);
    List<RunCosts.Past> past = new ArrayList<>();
    for (LedgerEntry entry : ledger.entries(id)) {
      RunTime time = times.get(entry.run().stamp());
      if (time != null && entry.rows().isPresent()) {
        past.add(new RunCosts.Past(entry.run(), entry.rows().getAsLong(), time.took()));
      }
    }
    return past;
  }

  private FeatureTable table(FeatureView view) {
    return warehouse.table(view, revision.entity(view.entity()));
  }

  private Source source(FeatureView view) {
    return revision.source(view.source());
  }

  private long now() {
    return Micros.of(clock.instant());
  }

  /** The price of runs of one view. */
  private final class Costing {
    private final FeatureView view;
    private final Ledger runs;

    Costing(FeatureView view, Ledger runs) {
      this.view = view;
      this.runs = runs;
    }

    Forecast forecast(List<PlannedRun> planned, List<Step> publications, Optional<Instant> next) {
      List<Step> steps = new ArrayList<>();
      Optional<Cost> cost = Optional.empty();
      for (Kind kind : Kind.values()) {
        List<PlannedRun> alike = planned.stream().filter(run -> kind(run) == kind).toList();
        if (!alike.isEmpty()) {
          Entity entity = revision.entity(view.entity());
          RunCosts costs =
              new RunCosts(warehouse, sources, Ticker.SYSTEM, view, entity, source(view));
          RunCosts.Priced priced = costs.of(alike, runs, past(view.id()));
          steps.addAll(priced.steps());
          cost = Optional.of(cost.map(priced.cost()::plus).orElse(priced.cost()));
        }
      }
      return new Forecast(
          view.id(),
          ordered(steps, publications),
          cost,
          steps.isEmpty() && publications.isEmpty() ? next : Optional.empty());
    }

    /** Each run is followed by the publication of its refresh, if there is one. */
    private List<Step> ordered(List<Step> computed, List<Step> publications) {
      List<Step> all = new ArrayList<>(computed);
      for (Step each : publications) {
        Instant refresh = ((Step.Publish) each).refresh();
        int at = 0;
        while (at < all.size() && !lastOf(all.get(at)).isAfter(refresh)) {
          at++;
        }
        all.add(at, each);
      }
      return all;
    }

    private static Instant lastOf(Step step) {
      return step instanceof Step.Compute run
          ? Micros.instant(run.refreshes().last())
          : ((Step.Publish) step).refresh();
    }
  }

  static Kind kind(PlannedRun run) {
    return run instanceof PlannedRun.Backfill ? Kind.BACKFILL : Kind.LIVE;
  }
}
