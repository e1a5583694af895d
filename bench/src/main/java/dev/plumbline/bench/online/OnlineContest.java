package dev.plumbline.bench.online;

import dev.plumbline.failure.UnavailableException;
import dev.plumbline.load.Caller;
import dev.plumbline.load.ClosedLoop;
import dev.plumbline.load.LoadResult;
import dev.plumbline.load.OpenLoop;
import dev.plumbline.offline.Progress;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.RedisOnlineStore;
import dev.plumbline.store.RedisSettings;
import dev.plumbline.store.local.EphemeralRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures all systems on all shapes, over one Redis. First as many calls a second as there can be,
 * the systems taking turns; then how long calls take at one rate for all.
 */
public final class OnlineContest {
  /** All shapes, by name. */
  public static final List<String> SHAPES = Shape.titles();

  /** All systems, by name. */
  public static final List<String> SYSTEMS = Contenders.NAMES;

  /** The fewest entities that have one of each kind. */
  public static final int FEWEST_ENTITIES = Population.FEWEST;

  private static final Duration LAST_ANSWERS = Duration.ofSeconds(10);

  /** Writing a million records and more, some pipelines wait. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path scratch;
  private final Progress progress;

  /**
   * @param scratch where metadata is written
   */
  public OnlineContest(Path scratch, Progress progress) {
    this.scratch = scratch;
    this.progress = progress;
  }

  /**
   * What is measured.
   *
   * @param entities that have records
   * @param shapes some of {@link #SHAPES}; none: all
   * @param systems some of {@link #SYSTEMS}; none: all
   * @param warmUp before the first round, of each system and shape
   * @param round a round of the closed loop
   * @param open the open loop
   */
  public record Plan(
      int entities,
      List<String> shapes,
      List<String> systems,
      Duration warmUp,
      Duration round,
      int rounds,
      Duration open) {
    public Plan {
      shapes = List.copyOf(shapes);
      systems = List.copyOf(systems);
    }

    private List<Shape> measuredShapes() {
      return List.of(Shape.values()).stream()
          .filter(shape -> shapes.isEmpty() || shapes.contains(shape.title()))
          .toList();
    }

    private List<String> measuredSystems() {
      return systems.isEmpty() ? SYSTEMS : systems;
    }
  }

  /**
   * Runs the plan.
   *
   * @throws dev.plumbline.bench.measure.DisagreementException if a reply is not what was written
   * @throws UnavailableException if a call fails
   */
  public OnlineReport run(Plan plan) throws InterruptedException {
    InstantSource clock = InstantSource.system();
    List<SystemResult> results = new ArrayList<>();
    try (EphemeralRedis redis = EphemeralRedis.start();
        OnlineStore store =
            RedisOnlineStore.connect(
                redis.address(),
                RedisSettings.DEFAULT.withoutExpiry().withTimeout(PATIENCE),
                clock);
        PlainStore plain = new PlainStore(redis.address().toString())) {
      Population population = new Population(plan.entities());
      Served served =
          new Served(
              redis.address(),
              ServedProject.publish(scratch, store, clock),
              population,
              Times.before(clock.instant()));
      long redisProcess = RedisProcess.id(redis.address().toString());
      int written = 0;
      for (Shape shape : inOrderOfData(plan.measuredShapes())) {
        for (; written < shape.views(); written++) {
          write(written, served, plan.measuredSystems(), plain);
        }
        results.addAll(measured(plan, shape, served, redisProcess));
      }
    }
    return new OnlineReport(results);
  }

  /** Shapes of one view before those of five, so that the first are measured over less data. */
  private static List<Shape> inOrderOfData(List<Shape> shapes) {
    return shapes.stream()
        .sorted((some, other) -> Integer.compare(some.views(), other.views()))
        .toList();
  }

  private void write(int view, Served served, List<String> systems, PlainStore plain) {
    progress.at(
        String.format(
            Locale.ROOT,
            "writing view %d of %,d entities",
            view + 1,
            served.population().entities()));
    served.project().write(view, served.population(), served.times());
    if (systems.contains(Contenders.PLAIN)) {
      plain.write(view, served.population(), served.times());
    }
  }

  private List<SystemResult> measured(Plan plan, Shape shape, Served served, long redis)
      throws InterruptedException {
    Comparison comparison = new Comparison(served.population());
    progress.at(shape.title() + ": starting servers");
    try (Contenders contenders =
        Contenders.start(shape, served, comparison, plan.measuredSystems(), scratch)) {
      Load load = new Load(shape, comparison, redis);
      long seed = 0;
      for (Contender each : contenders.all()) {
        progress.at("%s: %s is warming up".formatted(shape.title(), each.name()));
        load.saturated(each, plan.warmUp(), seed++);
      }
      Map<Contender, List<Round>> rounds = new LinkedHashMap<>();
      for (int i = 0; i < plan.rounds(); i++) {
        for (Contender each : contenders.all()) {
          Round round = load.saturated(each, plan.round(), seed++);
          progress.at(
              String.format(
                  Locale.ROOT,
                  "%s: %s %,.0f calls/s",
                  shape.title(),
                  each.name(),
                  round.callsPerSecond()));
          rounds.computeIfAbsent(each, any -> new ArrayList<>()).add(round);
        }
      }
      double rate = rate(rounds);
      for (Map.Entry<Contender, List<Round>> each : rounds.entrySet()) {
        // of the client's loop too, which would begin each first one late and in bursts
        load.opened(each.getKey(), asked(each, rate), plan.warmUp().dividedBy(2), seed++);
      }
      Contender first = rounds.keySet().iterator().next();
      while (!load.keeps(first, rate, plan.open(), seed++)) {
        progress.at(
            String.format(
                Locale.ROOT,
                "%s: %s loses calls at %,.0f a second: half of that for all",
                shape.title(),
                first.name(),
                rate));
        rate /= 2;
      }
      List<SystemResult> results = new ArrayList<>();
      for (Map.Entry<Contender, List<Round>> each : rounds.entrySet()) {
        double asked = asked(each, rate);
        LoadResult scheduled = load.scheduled(each.getKey(), asked, plan.open(), seed++);
        results.add(
            SystemResult.of(shape, each.getKey().name(), each.getValue(), asked, scheduled));
      }
      comparison.requireNoDifference();
      return results;
    }
  }

  /** The same rate for all, but for a plain server that would only queue at it. */
  private static double asked(Map.Entry<Contender, List<Round>> of, double rate) {
    return of.getKey().name().equals(Contenders.PLAIN)
        ? Math.min(rate, SystemResult.median(of.getValue()) / 2)
        : rate;
  }

  /** Half of what Plumbline can do, or, where it is not measured, of what the slowest can. */
  private static double rate(Map<Contender, List<Round>> rounds) {
    return rounds.entrySet().stream()
            .filter(each -> each.getKey().name().equals(Contenders.PLUMBLINE))
            .mapToDouble(each -> SystemResult.median(each.getValue()))
            .findFirst()
            .orElseGet(
                () ->
                    rounds.values().stream().mapToDouble(SystemResult::median).min().orElseThrow())
        / 2;
  }

  /** Puts systems under load, and ends everything where a reply is wrong or missing. */
  private record Load(Shape shape, Comparison comparison, long redis) {
    Round saturated(Contender contender, Duration time, long seed) throws InterruptedException {
      List<Caller> callers = contender.callers(Contender.CONNECTIONS * Contender.OUTSTANDING, seed);
      Usage before = Usage.of(contender, redis);
      LoadResult load = requireAnswers(contender, ClosedLoop.run(callers, time));
      return Usage.of(contender, redis).since(before, load);
    }

    /** Whether every call is answered at this rate; one must be, or there is no server. */
    boolean keeps(Contender contender, double rate, Duration time, long seed)
        throws InterruptedException {
      LoadResult load = opened(contender, rate, time, seed);
      if (load.replies() == 0) {
        requireAnswers(contender, load);
      }
      return load.failed() == 0;
    }

    LoadResult scheduled(Contender contender, double rate, Duration time, long seed)
        throws InterruptedException {
      return requireAnswers(contender, opened(contender, rate, time, seed));
    }

    LoadResult opened(Contender contender, double rate, Duration time, long seed)
        throws InterruptedException {
      return OpenLoop.run(
          contender.callers(Contender.CONNECTIONS, seed),
          new OpenLoop.Schedule(rate, time, LAST_ANSWERS));
    }

    private LoadResult requireAnswers(Contender contender, LoadResult load) {
      comparison.requireNoDifference();
      if (load.failed() > 0) {
        throw new UnavailableException(
            "%s, %s: calls without reply: %s (expected: none)"
                .formatted(contender.name(), shape.title(), load.failures()));
      }
      return load;
    }
  }
}
