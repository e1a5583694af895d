package dev.plumbline.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where something was measured.
 *
 * @param residentBytes the most memory that this process ever had, heap and all; empty where the
 *     system does not tell
 * @param load average of the last minute, this process included; negative where it is not known
 */
public record Machine(
    int cores, long heapBytes, OptionalLong residentBytes, String java, String spark, double load) {
  private static final double MEGA = 1e6;
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern MOST_RESIDENT = Pattern.compile("VmHWM:\\s*(\\d+) kB");

  /** This one, now. */
  public static Machine here(String spark) {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        Runtime.getRuntime().maxMemory(),
        mostResident(),
        System.getProperty("java.version"),
        spark,
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  /**
   * A line for people.
   *
   * @param seconds that everything took
   */
  public String line(double seconds) {
    return String.format(
        Locale.ROOT,
        "%d cores, heap %,.0f MB%s, Java %s, Spark %s, load %.1f; %.0f s in all",
        cores,
        heapBytes / MEGA,
        residentBytes.isEmpty()
            ? ""
            : String.format(
                Locale.ROOT, ", at most %,.0f MB resident", residentBytes.getAsLong() / MEGA),
        java,
        spark,
        load,
        seconds);
  }

  private static OptionalLong mostResident() {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .map(MOST_RESIDENT::matcher)
          .filter(Matcher::matches)
          .mapToLong(line -> Long.parseLong(line.group(1)) << 10)
          .findFirst();
    } catch (IOException | UncheckedIOException e) {
      return OptionalLong.empty(); // not Linux
    }
  }
}
