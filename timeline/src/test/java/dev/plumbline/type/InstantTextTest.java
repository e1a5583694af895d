package dev.plumbline.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantTextTest {
  @Test
  void readsWhatRowsCanHave() {
    assertThat(InstantText.parse("1970-01-01T00:00:00Z")).isEqualTo(Instant.EPOCH);
    assertThat(InstantText.parse("0001-01-01T00:00:00Z")).isBefore(Instant.EPOCH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-999999999-01-01T00:00:00Z", "+10000-01-01T00:00:00Z"})
  void refusesYearsThatNoRowCanHave(String text) {
    assertThatThrownBy(() -> InstantText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is out of range (expected: 0001-01-01T00:00:00Z to 9999-12-31");
  }

  @Test
  void refusesWhatIsNoInstant() {
    assertThatThrownBy(() -> InstantText.parse("yesterday"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'yesterday' is no instant (expected: such as 2001-06-15T12:00:00Z)");
  }
}
