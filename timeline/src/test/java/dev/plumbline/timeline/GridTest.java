package dev.plumbline.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GridTest {
  private static final Grid GRID = new Grid(Duration.ofNanos(10_000));

  @Test
  void isAnchoredAtTheEpochInBothDirections() {
    assertThat(GRID.atOrBefore(19)).isEqualTo(10);
    assertThat(GRID.atOrBefore(-1)).isEqualTo(-10);
    assertThat(GRID.atOrAfter(-19)).isEqualTo(-10);
    assertThat(GRID.atOrAfter(20)).isEqualTo(20);
  }

  @Test
  void aRefreshDoesNotSeeItsOwnInstant() {
    assertThat(GRID.after(19)).isEqualTo(20);
    assertThat(GRID.after(20)).isEqualTo(30);
    assertThat(GRID.after(-20)).isEqualTo(-10);
  }

  @Test
  void needsAStep() {
    assertThatThrownBy(() -> new Grid(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: more than 0");
  }
}
