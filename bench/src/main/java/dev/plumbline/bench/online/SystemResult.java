package dev.plumbline.bench.online;

import dev.plumbline.bench.measure.Spread;
import dev.plumbline.bench.online.Round.CpuMicros;
import dev.plumbline.load.LoadResult;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one system came to on one shape.
 *
 * @param openRate calls a second at which latencies were measured
 * @param p50Micros counted from where a call was due
 * @param p99Micros the same
 * @param allocatedBytes a call, by the process that answers; like the rest, of the middle round
 */
record SystemResult(
    String shape,
    String system,
    Spread callsPerSecond,
    double openRate,
    double p50Micros,
    double p99Micros,
    double allocatedBytes,
    double payloadBytes,
    CpuMicros cpuMicros) {
  private static final double HALF = 50;
  private static final double NEARLY_ALL = 99;

  static SystemResult of(
      Shape shape, String system, List<Round> rounds, double openRate, LoadResult open) {
    return new SystemResult(
        shape.title(),
        system,
        spread(rounds, Round::callsPerSecond),
        openRate,
        open.micros(HALF),
        open.micros(NEARLY_ALL),
        spread(rounds, Round::allocatedBytes).median(),
        spread(rounds, Round::payloadBytes).median(),
        new CpuMicros(
            spread(rounds, round -> round.cpuMicros().client()).median(),
            spread(rounds, round -> round.cpuMicros().server()).median(),
            spread(rounds, round -> round.cpuMicros().redis()).median()));
  }

  /** Calls a second of the middle round. */
  static double median(List<Round> rounds) {
    return spread(rounds, Round::callsPerSecond).median();
  }

  private static Spread spread(List<Round> rounds, ToDoubleFunction<Round> of) {
    return Spread.of(rounds.stream().mapToDouble(of).boxed().toList());
  }
}
