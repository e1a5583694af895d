package dev.plumbline.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MicrosTest {
  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1_000_001, -1_000_000, -1, 0, 1, Long.MAX_VALUE})
  void isTheInverseOfTheInstant(long micros) {
    assertThat(Micros.of(Micros.instant(micros))).isEqualTo(micros);
  }

  @Test
  void isFloored() {
    assertThat(Micros.of(Instant.EPOCH.minusNanos(1))).isEqualTo(-1);
    assertThat(Micros.of(Instant.EPOCH.plusNanos(1_999))).isEqualTo(1);
  }

  @Test
  void refusesWhatHasNoSuchNumber() {
    assertThatThrownBy(() -> Micros.of(Micros.instant(Long.MIN_VALUE).minusNanos(1)))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> Micros.of(Micros.instant(Long.MAX_VALUE).plusNanos(1_000)))
        .isInstanceOf(ArithmeticException.class);
  }
}
