package dev.plumbline.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.definition.ViewId;
import dev.plumbline.failure.ConflictException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What locks of views promise, wherever they lie. */
abstract class ViewLocksContract {
  static final ViewId VIEW = new ViewId("airport_departures", 1);

  /** The locks of one test, as another process would open them. */
  abstract ViewLocks locks();

  /** What {@link Holder} has to be told to open the same. */
  abstract List<String> place();

  /** Takes the held lock of {@link #VIEW} away from its holder behind his back. */
  abstract void takeAway() throws Exception;

  @Test
  void givesALockOnceItWasGivenBack() {
    locks().acquire(VIEW).close();

    try (ViewLocks.Held again = locks().acquire(VIEW)) {
      again.ensureHeld();
    }
  }

  @Test
  void refusesASecondHolderInTheSameProcess() {
    try (ViewLocks.Held held = locks().acquire(VIEW)) {
      held.ensureHeld();
      assertThatThrownBy(() -> locks().acquire(VIEW))
          .isInstanceOf(ConflictException.class)
          .hasMessageStartingWith("view 'airport_departures@1' is locked by ")
          .hasMessageContaining("process")
          .hasMessageContaining(String.valueOf(ProcessHandle.current().pid()))
          .hasMessageEndingWith("; wait until it has finished, or end it");
      locks().acquire(new ViewId("airport_departures", 2)).close();
      held.ensureHeld();
    }
  }

  @Test
  void givesALockToOneOfMany() throws Exception {
    List<ViewLocks.Held> held = new ArrayList<>();
    List<Boolean> taken =
        AtOnce.call(
            8,
            each -> {
              try {
                ViewLocks.Held lock = locks().acquire(VIEW);
                synchronized (held) {
                  held.add(lock);
                }
                return true;
              } catch (ConflictException e) {
                return false;
              }
            });

    assertThat(taken).filteredOn(Boolean.TRUE::equals).hasSize(1);
    held.forEach(ViewLocks.Held::close);
  }

  @Test
  void namesTheProcessThatHoldsTheLockUntilItIsKilled() throws Exception {
    Process holder = startHolder();
    try {
      assertThatThrownBy(() -> locks().acquire(VIEW))
          .isInstanceOf(ConflictException.class)
          .hasMessageMatching(
              "view 'airport_departures@1' is locked by process %d .*since .*Z; wait until it has finished, or end it"
                  .formatted(holder.pid()));
    } finally {
      holder.destroyForcibly();
    }
    assertThat(holder.waitFor(10, TimeUnit.SECONDS)).isTrue();

    acquireSoon().close();
  }

  @Test
  void noticesThatALockIsLost() throws Exception {
    ViewLocks.Held held = locks().acquire(VIEW);
    takeAway();

    assertThatThrownBy(held::ensureHeld)
        .isInstanceOf(ConflictException.class)
        .hasMessageMatching(
            "the lock of view 'airport_departures@1' is lost: .*, so another run may have begun; run it again");
    held.close();
    acquireSoon().close();
  }

  @Test
  void isNotHeldOnceItWasGivenBack() {
    ViewLocks.Held held = locks().acquire(VIEW);
    held.close();
    held.close();

    assertThatThrownBy(held::ensureHeld).isInstanceOf(ConflictException.class);
  }

  /** A server sees that a client has died within moments, but not before the client has. */
  private ViewLocks.Held acquireSoon() throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (true) {
      try {
        return locks().acquire(VIEW);
      } catch (ConflictException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        Thread.sleep(20);
      }
    }
  }

  private Process startHolder() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName()));
    command.addAll(place());
    Process holder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
    assertThat(out.readLine()).isEqualTo("held");
    return holder;
  }

  /** Another process: takes the lock, says so, and never gives it back. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws IOException {
      ViewLocks.Held held = ViewLocksIT.at(List.of(arguments)).acquire(VIEW);
      System.out.println("held");
      System.in.read();
      held.close();
    }
  }
}
