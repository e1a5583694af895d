package dev.plumbline.bench.measure;

import java.lang.management.ManagementFactory;

/**
 * Where something was measured.
 *
 * @param load average of the last minute, this process included; negative where it is not known
 */
public record Machine(int cores, long heapBytes, String java, String spark, double load) {
  /** This one, now. */
  public static Machine here(String spark) {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        Runtime.getRuntime().maxMemory(),
        System.getProperty("java.version"),
        spark,
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }
}
