package dev.plumbline.bench.project;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for what a benchmark writes, gone when it is closed, and when the process is asked to
 * end before that.
 */
public final class Scratch implements AutoCloseable {
  private final Path folder;
  private final Thread atTheEnd = new Thread(this::removeWhatCanBe, "remove scratch");

  private Scratch(Path folder) {
    this.folder = folder;
  }

  /** A new one within {@code parent}, which is made if it is not there. */
  public static Scratch in(Path parent) {
    try {
      Scratch made =
          new Scratch(
              Files.createTempDirectory(
                  Files.createDirectories(parent.toAbsolutePath()), "plumbline-bench"));
      Runtime.getRuntime().addShutdownHook(made.atTheEnd);
      return made;
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
    remove();
    try {
      Runtime.getRuntime().removeShutdownHook(atTheEnd);
    } catch (IllegalStateException e) {
      // the process ends already, and the hook finds nothing
    }
  }

  /** Spark may still write while the process ends. */
  private void removeWhatCanBe() {
    try {
      if (Files.exists(folder)) {
        remove();
      }
    } catch (UncheckedIOException e) {
      System.err.println(e.getMessage() + "; remove it by hand");
    }
  }

  private void remove() {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be removed".formatted(folder), e);
    }
  }
}
