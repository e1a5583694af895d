package dev.plumbline.bench.online;

import dev.plumbline.bench.online.Round.CpuMicros;
import dev.plumbline.load.LoadResult;
import dev.plumbline.load.ProcessCpu;
import java.time.Duration;

/** What the three processes of a contest have used so far. */
record Usage(Duration client, Duration server, Duration redis, long allocatedBytes) {
  private static final double NANOS_PER_MICRO = 1e3;

  /**
   * Until now.
   *
   * @param redis its process
   */
  static Usage of(Contender contender, long redis) {
    Duration server =
        contender.server().isEmpty()
            ? Duration.ZERO
            : ProcessCpu.of(contender.server().getAsLong());
    return new Usage(ProcessCpu.ofThis(), server, ProcessCpu.of(redis), contender.allocatedBytes());
  }

  /** What the calls of {@code load} used, which ran between {@code before} and this. */
  Round since(Usage before, LoadResult load) {
    double calls = load.replies();
    return new Round(
        load.goodput(),
        (allocatedBytes - before.allocatedBytes) / calls,
        load.bytesPerReply(),
        new CpuMicros(
            micros(before.client, client) / calls,
            micros(before.server, server) / calls,
            micros(before.redis, redis) / calls));
  }

  private static double micros(Duration from, Duration to) {
    return to.minus(from).toNanos() / NANOS_PER_MICRO;
  }
}
