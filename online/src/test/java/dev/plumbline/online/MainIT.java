package dev.plumbline.online;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.store.local.EphemeralRedis;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** The server as a process of its own, as a container runs it. */
@Timeout(value = 90, threadMode = ThreadMode.SEPARATE_THREAD)
class MainIT {
  private static final int TERMINATED = 128 + 15;

  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void stop() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void waitsForRedisAndServesUntilItIsTerminated() throws Exception {
    try (EphemeralRedis redis = EphemeralRedis.start()) {
      redis.kill();
      Process server =
          start(
              "--project=flights",
              "--redis=" + redis.address(),
              "--listen=127.0.0.1:0",
              "--now=2001-06-15T12:00:00Z");
      BufferedReader log = server.inputReader();
      await(log, "waiting up to 60 s: Redis at " + redis.address());

      redis.restart();

      await(log, "listening at");
      await(log, "the clock is frozen at 2001-06-15T12:00:00Z");
      server.toHandle().destroy(); // SIGTERM, and its output stays open
      await(log, "stopped");
      assertThat(server.waitFor()).isEqualTo(TERMINATED);
    }
  }

  @Test
  void withoutARedisItEndsAndSaysWhatToDo() throws Exception {
    Process server = start("--project=flights", "--redis=127.0.0.1:1", "--redis-tries=1");

    await(
        server.inputReader(), "Redis at redis://127.0.0.1:1: ", "start it, or correct the address");

    assertThat(server.waitFor()).isEqualTo(6);
  }

  @Test
  void waitsForARedisThatSaysNothingAsLongAsItIsTold() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Process server =
          start(
              "--project=flights",
              "--redis=127.0.0.1:" + silent.getLocalPort(),
              "--redis-tries=1",
              "--redis-timeout=300ms");

      await(server.inputReader(), "Redis at ", "timed out after 300 millisecond");

      assertThat(server.waitFor()).isEqualTo(6);
    }
  }

  @Test
  void refusesAnAddressThatIsNone() throws Exception {
    Process server = start("--project=flights", "--listen=6566");

    await(
        server.inputReader(),
        "Invalid value for option '--listen': '6566' is no address (expected: HOST:PORT, such as 127.0.0.1:6566)");

    assertThat(server.waitFor()).isEqualTo(2);
  }

  @Test
  void saysWhichAddressIsTaken() throws Exception {
    try (EphemeralRedis redis = EphemeralRedis.start();
        ServerSocket taken = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      Process metrics =
          start(
              "--project=flights",
              "--redis=" + redis.address(),
              "--listen=127.0.0.1:0",
              "--metrics=" + address);
      await(metrics.inputReader(), "cannot listen at /" + address, "--metrics");
      assertThat(metrics.waitFor()).isEqualTo(6);

      Process calls =
          start("--project=flights", "--redis=" + redis.address(), "--listen=" + address);
      await(calls.inputReader(), "cannot listen at /" + address, "--listen");
      assertThat(calls.waitFor()).isEqualTo(6);
    }
  }

  @Test
  void takesLimitsFromOptionsAndElseFromTheEnvironment() throws Exception {
    Process unreadable =
        start(Map.of("PLUMB_MAX_ROWS", "many"), "--project=flights", "--redis=127.0.0.1:1");
    await(unreadable.inputReader(), "Invalid value for option '--max-rows'", "'many'");
    assertThat(unreadable.waitFor()).isEqualTo(2);

    Process nothing = start(Map.of("PLUMB_MAX_CALLS", "7"), "--project=flights", "--max-calls=0");
    await(nothing.inputReader(), "--max-calls 0 (expected: at least 1)");
    assertThat(nothing.waitFor()).isEqualTo(2);

    Process hasty =
        start(Map.of("PLUMB_REDIS_TIMEOUT", "0s"), "--project=flights", "--redis=127.0.0.1:1");
    await(hasty.inputReader(), "--redis-timeout, --redis-queue: timeout: PT0S");
    assertThat(hasty.waitFor()).isEqualTo(2);
  }

  @Test
  void refusesToServeAFrozenClockToOthers() throws Exception {
    Process server = start("--project=flights", "--listen=0.0.0.0:0", "--now=2001-06-15T12:00:00Z");

    await(server.inputReader(), "the clock is frozen", "pass --allow-now");

    assertThat(server.waitFor()).isEqualTo(2);
  }

  private Process start(String... options) throws IOException {
    return start(Map.of(), options);
  }

  /** In a virtual machine like this one, without a password from outside. */
  private Process start(Map<String, String> environment, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-Dlog4j2.configurationFile=dev/plumbline/online/server-log4j2.properties");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove(Main.PASSWORD);
    builder.environment().putAll(environment);
    Process process = builder.start();
    started.add(process);
    return process;
  }

  /** Reads on to a line that has all these parts. */
  private static void await(BufferedReader log, String... parts) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      seen.append(line).append('\n');
      if (List.of(parts).stream().allMatch(line::contains)) {
        return;
      }
    }
    throw new AssertionError("no line with %s in:%n%s".formatted(List.of(parts), seen));
  }
}
