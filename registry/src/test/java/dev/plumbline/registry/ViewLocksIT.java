package dev.plumbline.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.definition.ViewId;
import dev.plumbline.failure.ConflictException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewLocksIT {
  private static final ViewId VIEW = new ViewId("airport_departures", 1);
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  @TempDir Path folder;
  private ViewLocks locks;

  @BeforeEach
  void open() {
    locks = new ViewLocks(folder.resolve("locks"), CLOCK);
  }

  @Test
  void givesALockOnceItWasGivenBack() {
    locks.acquire(VIEW).close();

    try (ViewLocks.Held again = locks.acquire(VIEW)) {
      assertThat(again).isNotNull();
    }
  }

  @Test
  void refusesASecondHolderInTheSameProcess() {
    try (ViewLocks.Held held = locks.acquire(VIEW)) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> new ViewLocks(folder.resolve("locks"), CLOCK).acquire(VIEW))
          .isInstanceOf(ConflictException.class)
          .hasMessage(
              "view 'airport_departures@1' is locked by another run of this process, %d; wait until it has finished, or end it",
              ProcessHandle.current().pid());
      locks.acquire(new ViewId("airport_departures", 2)).close();
    }
  }

  @Test
  void namesTheProcessThatHoldsTheLockUntilItIsKilled() throws Exception {
    Process holder = startHolder();
    try {
      assertThatThrownBy(() -> locks.acquire(VIEW))
          .isInstanceOf(ConflictException.class)
          .hasMessage(
              "view 'airport_departures@1' is locked by process %d since 1970-01-01T00:00:00Z; wait until it has finished, or end it",
              holder.pid());
    } finally {
      holder.destroyForcibly();
    }
    assertThat(holder.waitFor(10, TimeUnit.SECONDS)).isTrue();

    locks.acquire(VIEW).close();
  }

  private Process startHolder() throws IOException {
    Process holder =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                folder.resolve("locks").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
    assertThat(out.readLine()).isEqualTo("held");
    return holder;
  }

  /** Another process: takes the lock, says so, and never gives it back. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws IOException {
      ViewLocks.Held held = new ViewLocks(Path.of(arguments[0]), CLOCK).acquire(VIEW);
      System.out.println("held");
      System.in.read();
      held.close();
    }
  }
}
