package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineDiffTest {
  @Test
  void tellsWhatIsOnOneSideAlone() {
    assertThat(LineDiff.of("a\nb\nc", "a\nx\nc\nd")).containsExactly("- b", "+ x", "+ d");
  }

  @Test
  void tellsAnotherOrder() {
    assertThat(LineDiff.of("a\nb\nc", "b\na\nc")).containsExactly("- a", "+ a");
  }

  @Test
  void tellsARepetition() {
    assertThat(LineDiff.of("a\nb", "a\nb\na")).containsExactly("+ a");
  }

  @Test
  void hasNothingToSayOfEqualTexts() {
    assertThat(LineDiff.of("a\nb", "a\nb")).isEmpty();
  }
}
