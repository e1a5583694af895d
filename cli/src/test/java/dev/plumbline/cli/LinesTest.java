package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinesTest {
  @Test
  void whatDoesNotFitGoesOnBelowWordByWord() {
    assertThat(Lines.wrapped("short\n\n    one two three four", 14))
        .isEqualTo("short\n\n    one two\n      three\n      four");
  }

  @Test
  void aWordThatDoesNotFitStaysInOnePiece() {
    assertThat(Lines.wrapped("  incomprehensible a b", 10))
        .isEqualTo("  incomprehensible\n    a b");
    assertThat(Lines.wrapped("incomprehensible", 10)).isEqualTo("incomprehensible");
  }
}
