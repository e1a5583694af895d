package dev.plumbline.bench.project;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for what a benchmark writes, gone when it is closed. */
public final class Scratch implements AutoCloseable {
  private final Path folder;

  private Scratch(Path folder) {
    this.folder = folder;
  }

  /** A new one within {@code parent}, which is made if it is not there. */
  public static Scratch in(Path parent) {
    try {
      return new Scratch(
          Files.createTempDirectory(
              Files.createDirectories(parent.toAbsolutePath()), "plumbline-bench"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path folder() {
    return folder;
  }

  /** How many bytes these files have together. */
  public static long bytes(List<String> addresses) {
    long sum = 0;
    for (String address : addresses) {
      sum += Path.of(address.replaceFirst("^file:/*", "/")).toFile().length();
    }
    return sum;
  }

  @Override
  public void close() {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be removed".formatted(folder), e);
    }
  }
}
