package dev.plumbline.bench.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.bench.measure.DisagreementException;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final int[] ENTITIES = {3};
  private static final byte[] BYTES = {};

  private final Population population = new Population(1_000);
  private final Comparison comparison = new Comparison(population);

  @Test
  void countsRepliesThatAreWhatWasWritten() {
    comparison.compare("plumbline", Shape.ROW, ENTITIES, bytes -> this::written, BYTES);
    comparison.compared(true, "grpc-noop");

    assertThat(comparison.replies()).isEqualTo(2);
    assertThatCode(comparison::requireNoDifference).doesNotThrowAnyException();
  }

  @Test
  void oneOtherCellVoidsEverything() {
    comparison.compare(
        "plumbline",
        Shape.ROW,
        ENTITIES,
        bytes -> (row, feature) -> feature == 7 ? Cell.present(0.5) : written(row, feature),
        BYTES);

    assertThatThrownBy(comparison::requireNoDifference)
        .isInstanceOf(DisagreementException.class)
        .hasMessage(
            "plumbline, 1x50: feature 7 of entity 3: PRESENT 0.5 (expected: %s); nothing that was measured counts"
                .formatted(population.cellOf(3, 7)));
  }

  @Test
  void aReplyThatCannotBeReadIsADifference() {
    comparison.compare(
        "plumbline", Shape.ROW, ENTITIES, bytes -> FeatureQuestions.read(new byte[] {1}), BYTES);

    assertThatThrownBy(comparison::requireNoDifference)
        .hasMessageStartingWith("plumbline, 1x50: a reply that cannot be read");
  }

  @Test
  void aReplyThatHasTooFewCellsIsADifference() {
    comparison.compare("plumbline", Shape.ROW, ENTITIES, FeatureQuestions::read, BYTES);

    assertThatThrownBy(comparison::requireNoDifference)
        .hasMessageStartingWith("plumbline, 1x50: a reply that cannot be read");
  }

  private Cell written(int row, int feature) {
    return population.cellOf(ENTITIES[row], feature);
  }
}
