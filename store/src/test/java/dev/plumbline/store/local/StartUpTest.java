package dev.plumbline.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StartUpTest {
  private final AtomicInteger looks = new AtomicInteger();

  @Test
  void isNoMorePatientWhereALookTakesLong() {
    long before = System.nanoTime();

    assertThat(StartUp.comesTrueWithin(Duration.ofMillis(400), this::lookForLong)).isFalse();

    // twenty looks of that length would be four seconds
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
    assertThat(looks).hasValueBetween(1, 3);
  }

  @Test
  void looksAtLeastOnce() {
    assertThat(StartUp.comesTrueWithin(Duration.ZERO, () -> looks.incrementAndGet() == 1)).isTrue();
  }

  @Test
  void looksUntilItIsTrue() {
    assertThat(StartUp.comesTrueWithin(Duration.ofSeconds(20), () -> looks.incrementAndGet() == 3))
        .isTrue();
    assertThat(looks).hasValue(3);
  }

  private boolean lookForLong() {
    looks.incrementAndGet();
    try {
      TimeUnit.MILLISECONDS.sleep(200);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }
}
