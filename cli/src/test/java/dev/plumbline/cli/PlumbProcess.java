package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** {@code plumb} in a process of its own, as people start it. */
final class PlumbProcess implements AutoCloseable {
  private static final Path OPENS = Path.of("src/main/launcher/spark.opens").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final Process process;
  private final Path out;
  private final Path err;

  private PlumbProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static PlumbProcess start(String... arguments) throws IOException {
    Path out = Files.createTempFile("plumb", ".out");
    Path err = Files.createTempFile("plumb", ".err");
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "@" + OPENS,
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                Plumb.class.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new PlumbProcess(process, out, err);
  }

  /** Whether it runs the project's view. */
  boolean holdsLock(ShopProject project) {
    String name = project.folder().getFileName().toString();
    Path lock = project.folder().resolve(".plumb/locks/" + name + "/customer_orders@1.lock");
    try {
      return Files.exists(lock)
          && Files.readString(lock).contains("process " + process.pid() + " ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends it this signal, such as {@code TERM}. */
  void signal(String name) throws IOException, InterruptedException {
    assertThat(
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor())
        .isZero();
  }

  /** Whether it ends by itself within this time. */
  boolean endsWithin(Duration time) throws InterruptedException {
    return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Ends it where it stands, as SIGKILL does, and returns when it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** What it left behind when it has ended. */
  Terminal.Output ended() throws IOException, InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("it ends").isTrue();
    return new Terminal.Output(process.exitValue(), out(), Files.readString(err));
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  /** Returns when {@code condition} holds; it must while the process lives. */
  void await(String what, BooleanSupplier condition) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(process.isAlive() && System.nanoTime() < deadline)
          .as("%s: %s%s", what, out(), Files.readString(err))
          .isTrue();
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.delete(out);
    Files.delete(err);
  }
}
