package dev.plumbline.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.yaml.FlightsExample;
import dev.plumbline.timeline.Status;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorAssemblerTest {
  /**
   * What becomes of an on-demand feature by the statuses of its first input, downwards, and of its
   * second. Where the expression is evaluated, it is here what the expression sees: {@code a} and
   * {@code b}, or {@code -} for a null.
   */
  private static final String PROPAGATE =
      """
               PRESENT  NULL     MISSING  EXPIRED  INVALID
      PRESENT  ab       a-       MISSING  EXPIRED  INVALID
      NULL     -b       --       MISSING  EXPIRED  INVALID
      MISSING  MISSING  MISSING  MISSING  EXPIRED  INVALID
      EXPIRED  EXPIRED  EXPIRED  EXPIRED  EXPIRED  INVALID
      INVALID  INVALID  INVALID  INVALID  INVALID  INVALID
      """;

  /** The same where {@code on_missing} is null. */
  private static final String NULL =
      """
               PRESENT  NULL     MISSING  EXPIRED  INVALID
      PRESENT  ab       a-       a-       a-       INVALID
      NULL     -b       --       --       --       INVALID
      MISSING  -b       --       --       --       INVALID
      EXPIRED  -b       --       --       --       INVALID
      INVALID  INVALID  INVALID  INVALID  INVALID  INVALID
      """;

  private static final String DEFINITIONS =
      """
      entity: thing
      keys: [{name: id, type: int}]
      ---
      source: things
      format: parquet
      path: things
      event_time: at
      columns: [{name: id, type: int}, {name: name, type: string}, {name: at, type: timestamp}]
      ---
      feature_view: latest
      version: 1
      entity: thing
      source: things
      keys: {id: id}
      every: 1d
      features: [{name: name, expr: name}]
      ---
      on_demand_view: both
      version: 1
      roles: {one: thing, other: thing}
      inputs: [one:name@1, other:name@1]
      request: [{name: divisor, type: int}]
      on_missing: %s
      features:
        - {name: seen, expr: "concat(coalesce(one.name, '-'), coalesce(other.name, '-'))"}
        - {name: share, expr: 1 div divisor}
        - {name: nothing, expr: "nullif(divisor, divisor)"}
      """;

  @ParameterizedTest
  @ValueSource(strings = {"propagate", "null"})
  void aFeatureIsItsWorstInputOrWhatTheExpressionSays(String onMissing) {
    VectorAssembler assembler = assembler(onMissing);
    List<List<String>> table =
        (onMissing.equals("null") ? NULL : PROPAGATE)
            .lines()
            .map(line -> List.of(line.strip().split("\\s+")))
            .toList();

    List<String> seconds = table.get(0);
    assertThat(seconds).hasSameSizeAs(Status.values());
    for (List<String> row : table.subList(1, table.size())) {
      for (int i = 0; i < seconds.size(); i++) {
        String said = row.get(i + 1);
        List<Cell> cells =
            cells(assembler, answer(row.get(0), "a"), answer(seconds.get(i), "b"), 1);

        assertThat(cells.get(0))
            .as("%s and %s, on_missing: %s", row.get(0), seconds.get(i), onMissing)
            .isEqualTo(
                isStatus(said)
                    ? new Cell(Status.valueOf(said), null)
                    : new Cell(Status.PRESENT, said));
      }
    }
    assertThat(table).hasSize(1 + Status.values().length);
  }

  @Test
  void anErrorOfAnExpressionIsInvalidForItsValueAlone() {
    List<Cell> cells =
        cells(assembler("propagate"), answer("PRESENT", "a"), answer("NULL", "b"), 0);

    assertThat(cells)
        .containsExactly(
            new Cell(Status.PRESENT, "a-"),
            new Cell(Status.INVALID, null),
            new Cell(Status.NULL, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"MISSING", "EXPIRED"})
  void whatIsNotEvaluatedHasNoError(String absent) {
    ViewAnswer present = answer("PRESENT", "b");

    assertThat(cells(assembler("propagate"), answer(absent, "a"), present, 0))
        .containsOnly(new Cell(Status.valueOf(absent), null));
    assertThat(cells(assembler("null"), answer(absent, "a"), present, 0))
        .containsExactly(
            new Cell(Status.PRESENT, "-b"),
            new Cell(Status.INVALID, null),
            new Cell(Status.NULL, null));
  }

  private static VectorAssembler assembler(String onMissing) {
    ServicePlanner planner =
        new ServicePlanner(FlightsExample.load(DEFINITIONS.formatted(onMissing)));
    List<FeatureRef> all =
        List.of("seen", "share", "nothing").stream()
            .map(feature -> new FeatureRef("both", feature, 1))
            .toList();
    return new VectorAssembly(planner.references(all)).assembler();
  }

  private static List<Cell> cells(
      VectorAssembler assembler, ViewAnswer one, ViewAnswer other, int divisor) {
    return assembler.computed(List.of(one, other), List.of(divisor)).get(0);
  }

  private static ViewAnswer answer(String status, String value) {
    return switch (Status.valueOf(status)) {
      case PRESENT -> ViewAnswer.present(List.of(value));
      case NULL -> ViewAnswer.present(Collections.singletonList(null));
      case MISSING, EXPIRED, INVALID -> ViewAnswer.without(Status.valueOf(status));
    };
  }

  private static boolean isStatus(String text) {
    return Arrays.stream(Status.values()).anyMatch(status -> status.name().equals(text));
  }
}
