package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BlocksTest {
  @Test
  void theFullestBinHasTheWholeHeightAndNoneThatHoldsSomethingVanishes() {
    assertThat(Blocks.of(List.of(8_000L, 4_000L, 1L, 0L, 8_000L))).isEqualTo("█▄▁ █");
  }

  @Test
  void ofNothingThereIsNothingToSee() {
    assertThat(Blocks.of(List.of())).isEmpty();
    assertThat(Blocks.of(List.of(0L, 0L))).isBlank();
  }

  @Test
  void halvingKeepsEveryCount() {
    assertThat(Blocks.halved(List.of(1L, 2L, 3L, 4L, 5L))).containsExactly(3L, 7L, 5L);
  }

  @Test
  void numbersHaveSixDigitsUnlessTheyAreWhole() {
    assertThat(ValueShown.number(1234567.0)).isEqualTo("1234567");
    assertThat(ValueShown.number(0.1 + 0.2)).isEqualTo("0.3");
    assertThat(ValueShown.number(35.56808199121523)).isEqualTo("35.5681");
    assertThat(ValueShown.number(0.00001234)).isEqualTo("1.234e-05");
    assertThat(ValueShown.number(Double.NaN)).isEqualTo("NaN");
  }

  @Test
  void aColumnOfNumbersEndsBelowItself() {
    Table table = new Table("name", "count").right(1);
    table.row("a", "7");
    table.row("bcd", "1234567");

    assertThat(table.toString()).isEqualTo("  name    count\n  a           7\n  bcd   1234567");
  }
}
