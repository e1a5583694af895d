package dev.plumbline.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.store.RedisAddress;
import io.lettuce.core.RedisClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class LocalRedisIT {
  @TempDir Path directory;

  @AfterEach
  void stop() {
    new LocalRedis(directory).stop();
  }

  @Test
  void takesTheAddressThatIsGiven() {
    RedisAddress given = RedisAddress.of("redis.example", 6380);

    LocalRedis.Found found = LocalRedis.find(Optional.of(given), directory);

    assertThat(found.address()).isEqualTo(given);
    assertThat(found.origin()).isEqualTo("the Redis at redis://redis.example:6380, as configured");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void startsOneAndSaysWhichAndFindsItAgain() {
    LocalRedis.Found started = LocalRedis.find(Optional.empty(), directory);
    LocalRedis.Found again = LocalRedis.find(Optional.empty(), directory);

    assertThat(started.origin())
        .matches(
            "a local Redis on port \\d+ with its data in .* \\(started with .*redis-server.*\\)");
    assertThat(again.address()).isEqualTo(started.address());
    assertThat(again.origin()).endsWith("(running since before)");
    assertThat(new LocalRedis(directory).running()).contains(again);
  }

  @Test
  void keepsDataAndAddressOverAStop() {
    LocalRedis local = new LocalRedis(directory);
    RedisAddress first = local.start().address();
    set(first, "k", "v");

    assertThat(local.stop()).isTrue();
    assertThat(local.running()).isEmpty();
    assertThat(local.stop()).isFalse();

    RedisAddress second = local.start().address();
    assertThat(second).isEqualTo(first);
    assertThat(get(second, "k")).isEqualTo("v");
  }

  @Test
  void startsAgainOnItsDataAfterAKill() throws Exception {
    LocalRedis local = new LocalRedis(directory);
    RedisAddress first = local.start().address();
    set(first, "k", "v");
    TimeUnit.MILLISECONDS.sleep(1_500); // the log is synchronised once a second
    ProcessHandle server = process();
    server.destroyForcibly();
    server.onExit().get(10, TimeUnit.SECONDS);

    assertThat(local.running()).isEmpty();

    assertThat(get(local.start().address(), "k")).isEqualTo("v");
  }

  @Test
  void givesTwoThatStartAtOnceTheSameOne() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<RedisAddress> start = () -> new LocalRedis(directory).start().address();
      List<Future<RedisAddress>> started = threads.invokeAll(Collections.nCopies(4, start));

      RedisAddress first = started.get(0).get();
      for (Future<RedisAddress> each : started) {
        assertThat(each.get()).isEqualTo(first);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void listensOnTheLoopbackAlone() throws Exception {
    String address = new LocalRedis(directory).start().address().toString();
    int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));

    for (InetAddress outer :
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(each -> !each.isLoopbackAddress() && !each.isLinkLocalAddress())
            .toList()) {
      try (Socket socket = new Socket()) {
        assertThatThrownBy(() -> socket.connect(new InetSocketAddress(outer, port), 1_000))
            .isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void startsAnewWhenItsFileIsBroken() throws Exception {
    LocalRedis local = new LocalRedis(directory);
    local.start();
    local.stop();
    Files.writeString(directory.resolve("running"), "port=x");

    assertThat(get(local.start().address(), "k")).isNull();
  }

  @Test
  void runsTheBundledServer() throws Exception {
    RedisExecutable bundled = RedisExecutable.bundled(directory).checked();

    assertThat(bundled.origin()).isEqualTo("the bundled redis-server");
    assertThat(RedisExecutable.bundled(directory).path()).isEqualTo(bundled.path());
    assertThat(directory).isDirectoryContaining(file -> file.equals(bundled.path()));
  }

  @Test
  void saysWhyAServerDidNotStart() throws Exception {
    Files.createDirectory(directory.resolve("appendonly.aof"));
    Files.createFile(directory.resolve("appendonlydir"));

    assertThatThrownBy(() -> new LocalRedis(directory, Duration.ofSeconds(3)).start())
        .isInstanceOf(LocalRedisException.class)
        .hasMessageContaining(" did not start: ")
        .hasMessageEndingWith("; see " + directory.resolve("redis.log"));
  }

  private ProcessHandle process() throws IOException {
    long pid = Long.parseLong(Files.readString(directory.resolve("redis.pid")).strip());
    return ProcessHandle.of(pid).orElseThrow();
  }

  private static void set(RedisAddress address, String key, String value) {
    try (RedisClient client = RedisClient.create(address.toString())) {
      client.connect().sync().set(key, value);
    }
  }

  private static String get(RedisAddress address, String key) {
    try (RedisClient client = RedisClient.create(address.toString())) {
      return client.connect().sync().get(key);
    }
  }
}
