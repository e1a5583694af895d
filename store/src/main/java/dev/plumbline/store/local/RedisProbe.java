package dev.plumbline.store.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A Redis on this machine without a client library, which would take a command longer to load than
 * to be done.
 */
final class RedisProbe {
  static final String LOOPBACK = InetAddress.getLoopbackAddress().getHostAddress();

  private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(2).toMillis();

  private final int port;

  RedisProbe(int port) {
    this.port = port;
  }

  /** Whether it answers and has read its data. */
  boolean isReady() {
    return ask("PING").filter("+PONG"::equals).isPresent();
  }

  /** Whether it is that process which answers. */
  boolean isProcess(long pid) {
    return ask("INFO server", "process_id:").filter(Long.toString(pid)::equals).isPresent();
  }

  /** Asks it to write down what it has and to end. */
  void shutDown() {
    ask("SHUTDOWN");
  }

  /** The first line of the answer to a command; empty if nobody answers. */
  Optional<String> ask(String command) {
    return ask(command, "");
  }

  /** The name under which the other nodes of its cluster know it. */
  Optional<String> nodeId() {
    return firstLine("CLUSTER MYID", line -> line.matches("[0-9a-f]{40}"));
  }

  /** What follows {@code prefix} in the first line of the answer that begins with it. */
  Optional<String> ask(String command, String prefix) {
    return firstLine(command, line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()));
  }

  private Optional<String> firstLine(String command, Predicate<String> wanted) {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      for (String line = answer.readLine(); line != null; line = answer.readLine()) {
        if (wanted.test(line)) {
          return Optional.of(line);
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // nobody there, or not a Redis
    }
  }
}
