package dev.plumbline.bench.offline;

import dev.plumbline.bench.measure.DisagreementException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What Parquet files hold, whatever the order of their rows.
 *
 * @param rows how many
 * @param columns names and types, in the order of names
 * @param sum of a 64-bit hash of each row over all columns, in hexadecimal digits
 */
record Checksum(long rows, String columns, String sum) {
  /**
   * Of each of these files or folders, as {@link ChecksumProgram} finds it in a process of its own.
   */
  static List<Checksum> of(List<Path> outputs) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ChecksumProgram.class.getName()));
    outputs.forEach(output -> command.add(output.toString()));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      if (code != 0) {
        throw new IllegalStateException(
            "the program that reads the results ended with %d (expected: 0); it says why above"
                .formatted(code));
      }
      return printed.lines().map(Checksum::parsed).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while results are read", e);
    }
  }

  /** As one line, for {@link #of}. */
  String line() {
    return String.join("\t", Stream.of(rows, columns, sum).map(String::valueOf).toList());
  }

  private static Checksum parsed(String line) {
    List<String> parts = List.of(line.split("\t", -1));
    return new Checksum(Long.parseLong(parts.get(0)), parts.get(1), parts.get(2));
  }

  /**
   * Says that another result is not this one, if so.
   *
   * @param mine who wrote this one
   * @param theirs who wrote the other
   * @throws DisagreementException if it is not
   */
  void rejectOther(String mine, String theirs, Checksum other) {
    if (!equals(other)) {
      throw new DisagreementException(
          "%s: %,d rows with checksum %s of %s; %s: %,d rows with checksum %s of %s (expected: the same); one of the two joins wrongly"
              .formatted(mine, rows, sum, columns, theirs, other.rows, other.sum, other.columns));
    }
  }
}
