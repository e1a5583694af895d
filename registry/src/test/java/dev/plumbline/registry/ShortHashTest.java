package dev.plumbline.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShortHashTest {
  @Test
  void isTheFirstTwelveDigits() {
    assertThat(ShortHash.of("a60ce6e14b3afb7e")).isEqualTo("a60ce6e14b3a");
  }

  @Test
  void isAllOfWhatIsShorter() {
    assertThat(ShortHash.of("")).isEmpty();
    assertThat(ShortHash.of("a60c")).isEqualTo("a60c");
  }
}
