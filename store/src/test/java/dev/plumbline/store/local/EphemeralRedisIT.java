package dev.plumbline.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.store.RedisAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EphemeralRedisIT {
  /** A program that starts one, tells its port and waits. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws Exception {
      RedisAddress address = EphemeralRedis.start().address();
      System.out.println(address);
      System.out.flush();
      System.in.read();
    }
  }

  @Test
  void diesWithItsProcessEvenIfThatIsKilled() throws Exception {
    Process holder =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    RedisProbe probe = new RedisProbe(port(holder));
    ProcessHandle server = holder.children().findFirst().orElseThrow();

    assertThat(probe.isProcess(server.pid())).isTrue();

    holder.destroyForcibly();

    server.onExit().get(20, TimeUnit.SECONDS);
    assertThat(probe.isReady()).isFalse();
  }

  @Test
  void canBeKilledAndRestartedOnItsPort() {
    try (EphemeralRedis redis = EphemeralRedis.start()) {
      RedisAddress address = redis.address();
      redis.kill();

      redis.restart();

      assertThat(redis.address()).isEqualTo(address);
    }
  }

  private static int port(Process holder) throws Exception {
    try (var out = holder.inputReader(StandardCharsets.UTF_8)) {
      String address = out.readLine();
      return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }
  }
}
