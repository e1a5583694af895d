package dev.plumbline.bench.live;

import dev.plumbline.bench.measure.CaseResult;
import dev.plumbline.bench.measure.Curve;
import dev.plumbline.bench.measure.Spread;
import dev.plumbline.bench.measure.Target;
import dev.plumbline.bench.measure.Target.Sense;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;

/** How long a live run takes after how many of them, and how that stands against what is wanted. */
public final class LiveReport {
  private static final double TIMES_AS_LONG = 1.5;

  private final long events;
  private final List<Depth> depths;

  /**
   * Runs that were measured after that many others.
   *
   * @param checksum of the rows that they wrote
   */
  record Depth(int runsBefore, List<LiveRun> runs, long checksum) {
    Depth {
      runs = List.copyOf(runs);
    }

    Spread seconds() {
      return spread(run -> run.lap().seconds());
    }

    private Spread spread(ToDoubleFunction<LiveRun> of) {
      return Spread.of(runs.stream().mapToDouble(of).boxed().toList());
    }

    private CaseResult result(long events) {
      return new CaseResult(
          "live-" + runsBefore,
          "plumbline",
          events,
          seconds(),
          spread(run -> run.lap().cpuSeconds()),
          runs.size(),
          runs.stream().mapToLong(LiveRun::rows).sum(),
          OptionalLong.empty(),
          String.format(Locale.ROOT, "%016x", checksum));
    }
  }

  /**
   * @param events within the longest window
   */
  LiveReport(long events, List<Depth> depths) {
    this.events = events;
    this.depths = List.copyOf(depths);
  }

  /** One result for each depth. */
  public List<CaseResult> results() {
    return depths.stream().map(depth -> depth.result(events)).toList();
  }

  /** The last depth against the first. */
  public Target target() {
    Depth first = depths.get(0);
    Depth last = depths.get(depths.size() - 1);
    return new Target(
        "a live run after %d / after %d".formatted(last.runsBefore(), first.runsBefore()),
        Sense.AT_MOST,
        TIMES_AS_LONG,
        last.seconds().median() / first.seconds().median());
  }

  /** Seconds of a run over the runs before it. */
  public Curve curve() {
    return new Curve(
        "live runs before",
        "of which push",
        depths.stream()
            .map(
                depth ->
                    new Curve.Point(
                        depth.runsBefore(),
                        depth.seconds(),
                        depth.spread(LiveRun::pushSeconds).median()))
            .toList());
  }
}
