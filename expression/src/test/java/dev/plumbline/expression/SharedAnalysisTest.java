package dev.plumbline.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is analysed together comes to what each would alone. */
class SharedAnalysisTest {
  private static final List<Field> INPUTS =
      List.of(
          new Field("a", Primitive.INT),
          new Field("b", Primitive.DOUBLE),
          new Field("note", Primitive.STRING),
          new Field("at", Primitive.TIMESTAMP));

  private static final List<String> SCALARS =
      List.of(
          "a + 1",
          "a + b",
          "a",
          "upper(note)",
          "nullif(note, 'x')",
          "a between 1 and 2",
          "date(at)",
          "coalesce(a, 0)",
          "case when a > 1 then b end",
          "array(a, 1)",
          "cast(b as decimal(9,2))",
          // and those that are refused
          "c",
          "a +",
          "sum(a)",
          "now()",
          "note + 1",
          "`plumb result0`",
          "struct(a)",
          "a as x",
          "date'today'",
          "nosuch(a)",
          "*",
          "cast(a as smallint)");

  private static final List<String> AGGREGATES =
      List.of(
          "count(*)",
          "sum(a)",
          "avg(b) filter (where a > 1)",
          "count(distinct note)",
          "percentile(b, 0.5)",
          "last(note)",
          "max(at) filter (where note is not null)",
          // and those that are refused
          "sum(note)",
          "sum(c)",
          "a",
          "avg(b) filter (where a)",
          "sum(a) + 1",
          "sum(now())",
          "sum(");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void saysOfEachWhatIsSaidOfItAlone(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 30; round++) {
      List<String> scalars = some(SCALARS, random);
      List<String> aggregates = some(AGGREGATES, random);

      assertThat(texts(Expressions.types(scalars, INPUTS)))
          .as("seed %d: %s", seed, scalars)
          .isEqualTo(
              texts(
                  scalars.stream()
                      .map(each -> Checked.of(() -> Expressions.compile(each, INPUTS).type()))
                      .toList()));
      assertThat(texts(Expressions.aggregateTypes(aggregates, INPUTS)))
          .as("seed %d: %s", seed, aggregates)
          .isEqualTo(
              texts(
                  aggregates.stream()
                      .map(each -> Checked.of(() -> Expressions.aggregate(each, INPUTS).type()))
                      .toList()));
    }
  }

  /** Half of the time all of them sound. */
  private static List<String> some(List<String> all, Random random) {
    int sound = all.size() / 2;
    int bound = random.nextBoolean() ? sound : all.size();
    List<String> some = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      some.add(all.get(random.nextInt(bound)));
    }
    return some;
  }

  private static List<String> texts(List<Checked> checked) {
    return checked.stream().map(SharedAnalysisTest::text).toList();
  }

  private static String text(Checked checked) {
    return checked instanceof Checked.Refused refused
        ? refused.why().offset() + " " + refused.why().getMessage()
        : checked.toString();
  }
}
