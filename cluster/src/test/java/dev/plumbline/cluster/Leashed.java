package dev.plumbline.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A child process whose output goes to files, and which ends with this process, however that ends.
 */
final class Leashed implements AutoCloseable {
  /**
   * Becomes its arguments, and leaves behind one that ends them when its input ends; that happens
   * even if the process that holds the other end is killed.
   */
  private static final String LEASH =
      "exec 3<&0; (read -r _ <&3; kill $$ 2>/dev/null) >/dev/null 2>&1 & exec \"$@\" 3<&- </dev/null";

  private static final Duration TO_END = Duration.ofSeconds(20);
  private static final int SHOWN = 6_000;

  private final String name;
  private final Process process;
  private final Path out;
  private final Path err;

  private Leashed(String name, Process process, Path out, Path err) {
    this.name = name;
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts {@code command}; its output goes to {@code NAME.out} and {@code NAME.err} in {@code
   * folder}.
   */
  static Leashed start(
      String name, List<String> command, Map<String, String> environment, Path folder) {
    List<String> words = new ArrayList<>(List.of("sh", "-c", LEASH, "sh"));
    words.addAll(command);
    Path out = folder.resolve(name + ".out");
    Path err = folder.resolve(name + ".err");
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(variable -> variable.startsWith("SPARK_"));
    builder.environment().putAll(environment);
    try {
      return new Leashed(name, builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String out() {
    return text(out);
  }

  String err() {
    return text(err);
  }

  /** This, once it has ended within {@code patience} with exit code 0. */
  Leashed succeeded(Duration patience) {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(story("still runs after " + patience));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(story("was waited for, and the wait was interrupted"), e);
    } finally {
      close();
    }
    if (process.exitValue() != 0) {
      throw new AssertionError(story("ended with exit code " + process.exitValue()));
    }
    return this;
  }

  /** What became of it, and the end of what it printed. */
  String story(String what) {
    return "%s %s%n--- its output%n%s%n--- its errors%n%s"
        .formatted(name, what, end(out), end(err));
  }

  private static String end(Path file) {
    String text = text(file);
    return text.substring(Math.max(0, text.length() - SHOWN));
  }

  /** SIGKILL for it and everything that it started. */
  void kill() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
  }

  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(TO_END.toMillis(), TimeUnit.MILLISECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      kill();
    }
    children.forEach(ProcessHandle::destroyForcibly);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
