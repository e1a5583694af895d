package dev.plumbline.bench.online;

import dev.plumbline.failure.UnavailableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a virtual machine of its own. It ends with this process. */
final class ServerProcess implements AutoCloseable {
  /** What a server says, on standard output or error, once it can be asked. */
  private static final Pattern LISTENING = Pattern.compile("listening at .*:(\\d+).*");

  /** Those of the product's image, but the same heap for all that are compared. */
  private static final List<String> OPTIONS =
      List.of(
          "-XX:+UseParallelGC",
          "-Xms1g",
          "-Xmx1g",
          "-Dio.netty.leakDetection.level=disabled",
          "-Dlog4j2.configurationFile=dev/plumbline/online/server-log4j2.properties");

  /** The one that runs this. */
  static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private static final int LAST_LINES = 30;

  private final Process process;
  private final Thread atTheEnd;
  private final Deque<String> lastLines = new ArrayDeque<>();
  private final int port;

  private ServerProcess(Process process) {
    this.process = process;
    this.atTheEnd = new Thread(process::destroyForcibly, "end server");
    Runtime.getRuntime().addShutdownHook(atTheEnd);
    this.port = awaitPort();
  }

  /**
   * A server that listens.
   *
   * @param main its class, which writes a line with {@code listening at ADDRESS:PORT}
   * @throws UnavailableException if it ends instead
   */
  static ServerProcess start(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(JAVA);
    command.addAll(opened());
    command.addAll(OPTIONS);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return start(command);
  }

  /**
   * A server that listens.
   *
   * @param command writes a line with {@code listening at ADDRESS:PORT}
   * @throws UnavailableException if it ends instead
   */
  static ServerProcess start(List<String> command) {
    try {
      return new ServerProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What this virtual machine opens to Spark's compiler and to Netty, the other one needs too. */
  private static List<String> opened() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("--add-") || option.startsWith("--enable-"))
        .toList();
  }

  private int awaitPort() {
    BufferedReader output = process.inputReader();
    try {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        keep(line);
        Matcher listening = LISTENING.matcher(line);
        if (listening.find()) {
          drain(output);
          return Integer.parseInt(listening.group(1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new UnavailableException(
        "a server ended before it listened:%n%s".formatted(String.join("\n", lastLines)));
  }

  private void drain(BufferedReader output) {
    Thread thread =
        new Thread(() -> output.lines().forEach(line -> keep(line)), "output of a server");
    thread.setDaemon(true);
    thread.start();
  }

  private synchronized void keep(String line) {
    lastLines.addLast(line);
    if (lastLines.size() > LAST_LINES) {
      lastLines.removeFirst();
    }
  }

  String target() {
    return "127.0.0.1:" + port;
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    try {
      Runtime.getRuntime().removeShutdownHook(atTheEnd);
    } catch (IllegalStateException e) {
      // this process ends already
    }
  }
}
