package dev.plumbline.bench.online;

import dev.plumbline.failure.UnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How much of a process lies in memory. */
final class ResidentMemory {
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s*(\\d+) kB");

  private ResidentMemory() {}

  /**
   * In bytes, now.
   *
   * @throws UnavailableException if this machine does not tell, as only Linux does
   */
  static long of(long pid) {
    Path status = Path.of("/proc/" + pid + "/status");
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .map(RESIDENT::matcher)
          .filter(Matcher::matches)
          .mapToLong(line -> Long.parseLong(line.group(1)) << 10)
          .findFirst()
          .orElseThrow(() -> new UnavailableException(status + " has no VmRSS"));
    } catch (IOException | UncheckedIOException e) {
      throw new UnavailableException(
          "%s cannot be read (expected: a server that runs, on Linux)".formatted(status));
    }
  }
}
