package dev.plumbline.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.type.Micros;
import java.time.Duration;
import java.time.Instant;
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
  void findsItsPointsBetweenTwoInstants() {
    assertThat(GRID.between(at(11), at(39))).isEqualTo(new Refreshes(20, 30));
    assertThat(GRID.between(at(20), at(20))).isEqualTo(new Refreshes(20, 20));
    assertThatThrownBy(() -> GRID.between(at(11), at(19)))
        .isInstanceOf(NoRefreshException.class)
        .hasMessageContaining("such as 1970-01-01T00:00:00.000010Z or 1970-01-01T00:00:00.000020Z");
    assertThatThrownBy(() -> GRID.between(at(30), at(20)))
        .isInstanceOf(NoRefreshException.class)
        .hasMessageContaining("not after the end");
  }

  private static Instant at(long micros) {
    return Micros.instant(micros);
  }

  @Test
  void needsAStep() {
    assertThatThrownBy(() -> new Grid(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: more than 0");
  }
}
