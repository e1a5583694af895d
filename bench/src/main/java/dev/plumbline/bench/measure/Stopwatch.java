package dev.plumbline.bench.measure;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * Runs since it was made: on the wall, and in processor time of this process, which says more where
 * others use the machine too.
 */
public final class Stopwatch {
  private static final OperatingSystemMXBean MACHINE =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final double NANOS = 1e9;

  private final long wall = System.nanoTime();
  private final long cpu = MACHINE.getProcessCpuTime();

  /** What has passed. */
  public Lap lap() {
    return new Lap((System.nanoTime() - wall) / NANOS, (MACHINE.getProcessCpuTime() - cpu) / NANOS);
  }

  /** Seconds on the wall and seconds of processor time. */
  public record Lap(double seconds, double cpuSeconds) {}
}
