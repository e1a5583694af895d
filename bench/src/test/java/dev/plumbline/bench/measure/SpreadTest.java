package dev.plumbline.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void isInTheMiddle() {
    assertThat(Spread.of(List.of(3.0, 1.0, 2.5))).isEqualTo(new Spread(1, 2.5, 3));
    assertThat(Spread.of(List.of(4.0, 1.0))).isEqualTo(new Spread(1, 2.5, 4));
    assertThat(Spread.of(List.of(7.0))).isEqualTo(new Spread(7, 7, 7));
  }

  @Test
  void isOfSomething() {
    assertThatThrownBy(() -> Spread.of(List.of())).hasMessageContaining("no measurements");
  }

  @Test
  void aTargetIsMetOnItsGoodSide() {
    assertThat(new Target("a / b", Target.Sense.AT_LEAST, 5, 5).isMet()).isTrue();
    assertThat(new Target("a / b", Target.Sense.AT_LEAST, 5, 4.9).line())
        .isEqualTo("a / b: 4.90 (target: at least 5.0, MISSED)");
    assertThat(new Target("a / b", Target.Sense.AT_MOST, 1.5, 1.6).isMet()).isFalse();
  }
}
