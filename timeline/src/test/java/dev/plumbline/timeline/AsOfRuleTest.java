package dev.plumbline.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AsOfRuleTest {
  private static final long ANY = Long.MAX_VALUE;

  @Test
  void aWindowedRowAgesFromTheNewestRefreshAndARowViewFromItsOwnTime() {
    assertThat(rule(ViewTiming.Shape.WINDOWED).age(5, 90, 100)).isEqualTo(10);
    assertThat(rule(ViewTiming.Shape.ROW).age(5, 90, 100)).isEqualTo(95);
    assertThat(rule(ViewTiming.Shape.ROW).age(105, 90, 100)).isZero();
  }

  @Test
  void whatIsOlderThanMaxAgeIsExpired() {
    assertThat(rule(ViewTiming.Shape.WINDOWED).status(20, ANY)).isEqualTo(Status.PRESENT);
    assertThat(rule(ViewTiming.Shape.WINDOWED).status(21, ANY)).isEqualTo(Status.EXPIRED);
    assertThat(rule(ViewTiming.Shape.WINDOWED).status(10_000, ANY)).isEqualTo(Status.EXPIRED);
  }

  @Test
  void aRowViewForgetsAfterTwiceMaxAge() {
    assertThat(rule(ViewTiming.Shape.ROW).status(40, ANY)).isEqualTo(Status.EXPIRED);
    assertThat(rule(ViewTiming.Shape.ROW).status(41, ANY)).isEqualTo(Status.MISSING);
  }

  @Test
  void aRequestMayAskForLess() {
    long asked = AsOfRule.requestedMaxAge(Optional.of(Duration.ofNanos(7_000)));

    assertThat(rule(ViewTiming.Shape.ROW).status(8, asked)).isEqualTo(Status.EXPIRED);
    assertThat(rule(ViewTiming.Shape.ROW).status(7, asked)).isEqualTo(Status.PRESENT);
  }

  private static AsOfRule rule(ViewTiming.Shape shape) {
    return new AsOfRule(
        new ViewTiming(
            shape, Duration.ofNanos(10_000), Duration.ZERO, Optional.of(Duration.ofNanos(20_000))));
  }
}
