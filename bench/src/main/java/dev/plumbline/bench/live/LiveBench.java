package dev.plumbline.bench.live;

import dev.plumbline.bench.project.BenchProject;
import dev.plumbline.offline.Progress;
import dev.plumbline.store.RedisOnlineStore;
import dev.plumbline.store.RedisSettings;
import dev.plumbline.store.RedisStores;
import dev.plumbline.store.local.EphemeralRedis;
import dev.plumbline.type.Micros;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures the live runs of a view that follow on ever more of them. Each is a whole run, with the
 * push to a Redis of its own, and its rows are checked against the events.
 */
public final class LiveBench {
  private static final int STEP = 50;

  private final Path scratch;
  private final Progress progress;

  /**
   * @param scratch where everything is written
   */
  public LiveBench(Path scratch, Progress progress) {
    this.scratch = scratch;
    this.progress = progress;
  }

  /**
   * What is measured.
   *
   * @param entities alive at any time
   * @param perHour events; about three times as many entities change
   * @param depths how many live runs lie before the measured ones, in ascending order
   * @param repetitions runs that are measured at each depth, one hour after the other
   */
  public record Plan(long entities, int perHour, List<Integer> depths, int repetitions) {
    /** A million entities, up to a thousand runs. */
    public static final Plan FULL = new Plan(1_000_000, 2_000, List.of(10, 100, 300, 1_000), 16);

    /** To see that everything works. */
    public static final Plan SMALL = new Plan(2_000, 50, List.of(2, 6), 2);

    public Plan {
      depths = List.copyOf(depths);
    }

    private int hours() {
      return depths.get(depths.size() - 1) + repetitions;
    }
  }

  /**
   * Runs the plan.
   *
   * @throws dev.plumbline.bench.measure.DisagreementException if a run writes other rows than the
   *     events say
   */
  public LiveReport run(Plan plan) {
    InstantSource clock = InstantSource.fixed(Micros.instant(LiveEvents.refresh(plan.hours())));
    try (EphemeralRedis redis = EphemeralRedis.start();
        RedisOnlineStore store =
            RedisOnlineStore.connect(
                redis.address(), RedisSettings.DEFAULT.withoutExpiry(), clock);
        BenchProject project = BenchProject.open(scratch.resolve("project"))) {
      RedisStores stores =
          new RedisStores(redis.address(), RedisSettings.DEFAULT.withoutExpiry(), clock);
      return run(
          plan,
          new LiveProject(
              project,
              new LiveEvents(plan.entities(), plan.perHour()),
              store,
              stores,
              scratch.resolve("events")));
    }
  }

  private LiveReport run(Plan plan, LiveProject live) {
    progress.at(String.format(Locale.ROOT, "writing events of %,d entities", plan.entities()));
    live.writeEvents(plan.hours() + 1);
    progress.at("backfilling and publishing");
    live.goLive();
    List<LiveReport.Depth> depths = new ArrayList<>();
    for (int depth : plan.depths()) {
      passTo(live, depth - 1);
      progress.at("the last of " + depth + " runs, which finds an online store that is behind");
      live.check(live.advance());
      depths.add(measured(live, depth, plan.repetitions()));
    }
    return new LiveReport((long) plan.perHour() * LiveEvents.longestWindow(), depths);
  }

  private void passTo(LiveProject live, int runs) {
    while (live.liveRuns() < runs) {
      if (live.liveRuns() % STEP == 0) {
        progress.at("building the past: " + live.liveRuns() + " runs");
      }
      live.pass();
    }
  }

  private LiveReport.Depth measured(LiveProject live, int depth, int repetitions) {
    List<LiveRun> runs = new ArrayList<>();
    long checksum = 0;
    for (int i = 0; i < repetitions; i++) {
      LiveRun run = live.advance();
      progress.at(
          String.format(Locale.ROOT, "live run %d: %.2f s", live.liveRuns(), run.lap().seconds()));
      checksum += live.check(run);
      runs.add(run);
    }
    return new LiveReport.Depth(depth, runs, checksum);
  }
}
