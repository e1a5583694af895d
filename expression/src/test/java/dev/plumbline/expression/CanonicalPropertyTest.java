package dev.plumbline.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that decides a value is lost: expressions of one canonical text give the same values. */
class CanonicalPropertyTest {
  private static final int EXPRESSIONS = Integer.getInteger("expressions", 250);
  private static final List<Field> INPUTS =
      List.of(
          new Field("a", Primitive.INT),
          new Field("b", Primitive.INT),
          new Field("d", Primitive.DOUBLE),
          new Field("s", Primitive.STRING),
          new Field("t", Primitive.TIMESTAMP),
          new Field("x", new DataType.ArrayOf(Primitive.INT)));
  private static final List<String> LEAVES =
      List.of(
          "a",
          "b",
          "d",
          "s",
          "t",
          "x",
          "1",
          "2",
          "1L",
          "1.0",
          "1D",
          "'1'",
          "'a'",
          "'A'",
          "'day'",
          "null",
          "true",
          "date'2001-02-03'",
          "interval 1 day");
  private static final List<String[]> EXCHANGES =
      List.of(
          new String[] {"1L", "1"},
          new String[] {"1.0", "1"},
          new String[] {"1D", "1.0"},
          new String[] {"a", "b"},
          new String[] {"'a'", "'A'"},
          new String[] {"try_cast", "cast"},
          new String[] {"!=", "<>"},
          new String[] {"'1'", "1"},
          new String[] {" - ", " + "},
          new String[] {"int", "bigint"},
          new String[] {"null", "a"},
          new String[] {"nvl", "coalesce"});
  private static final List<String> OPERATORS =
      List.of("+", "-", "*", "/", "div", "%", "||", "=", "<>", "!=", "<", ">=", "<=>", "and", "or");

  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void expressionsOfOneTextGiveTheSameValues(long seed) {
    Random random = new Random(seed);
    List<List<@Nullable Object>> rows = IntStream.range(0, 12).mapToObj(i -> row(random)).toList();
    Map<String, Map<String, String>> values = new HashMap<>();
    for (int i = 0; i < EXPRESSIONS; i++) {
      String sql = expression(random, 1 + random.nextInt(2));
      for (String way : List.of(sql, varied(random, sql))) {
        outcomes(way, rows)
            .ifPresent(
                outcome ->
                    values.computeIfAbsent(text(way), any -> new HashMap<>()).put(way, outcome));
      }
    }

    List<Map<String, String>> shared =
        values.values().stream().filter(same -> same.size() > 1).toList();
    assertThat(shared)
        .as("seed %d", seed)
        .hasSizeGreaterThan(EXPRESSIONS / 50)
        .allSatisfy(
            same -> assertThat(same.values().stream().distinct()).as("%s", same).hasSize(1));
  }

  @ParameterizedTest
  @ValueSource(longs = 13)
  void oneExpressionHasOneText(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < EXPRESSIONS; i++) {
      String sql = expression(random, 2);
      if (isSound(sql)) {
        String written = Rewritten.scalar(sql, random);

        assertThat(text(written)).as("seed %d: %s as %s", seed, sql, written).isEqualTo(text(sql));
        assertThat(CanonicalExpressions.raw(written))
            .as("seed %d, as parsed: %s as %s", seed, sql, written)
            .isEqualTo(CanonicalExpressions.raw(sql));
      }
    }
  }

  private static String text(String sql) {
    return CanonicalExpressions.scalar(sql, INPUTS).text();
  }

  private static boolean isSound(String sql) {
    try {
      return Expressions.compile(sql, INPUTS).type() != null;
    } catch (ExpressionException e) {
      return false;
    }
  }

  /** Another spelling, or nearly the same with one word exchanged. */
  private static String varied(Random random, String sql) {
    String[] exchange = pick(random, EXCHANGES);
    return sql.contains(exchange[0])
        ? sql.replace(exchange[0], exchange[1])
        : Rewritten.of(sql, random);
  }

  private static String expression(Random random, int depth) {
    if (depth == 0) {
      return pick(random, LEAVES);
    }
    String left = expression(random, depth - 1);
    String right = expression(random, depth - 1);
    return switch (random.nextInt(6)) {
      case 0 -> "(%s %s %s)".formatted(left, pick(random, OPERATORS), right);
      case 1 -> "%s %s %s".formatted(left, pick(random, OPERATORS), right);
      case 2 ->
          "%s(%s as %s)"
              .formatted(
                  pick(random, List.of("cast", "try_cast")),
                  left,
                  pick(random, List.of("int", "double", "string", "decimal(5,1)", "date")));
      case 3 -> "case when a > 0 then %s else %s end".formatted(left, right);
      default ->
          IntStream.range(0, 1 + random.nextInt(3))
              .mapToObj(i -> expression(random, depth - 1))
              .collect(
                  Collectors.joining(
                      ", ", pick(random, List.copyOf(AllowedFunctions.names())) + "(", ")"));
    };
  }

  private static List<@Nullable Object> row(Random random) {
    return Arrays.asList(
        random.nextInt(5) == 0 ? null : random.nextInt(7) - 3,
        random.nextInt(5) == 0 ? null : random.nextInt(7) - 3,
        random.nextInt(5) == 0 ? null : random.nextInt(40) / 8.0 - 2,
        pick(random, Arrays.asList("a", "A", "1", "-2", "", "a,b", "2001-02-03", null)),
        Instant.ofEpochSecond(random.nextInt(2_000_000_000)),
        random.nextInt(5) == 0 ? null : Arrays.asList(3, random.nextInt(3), null));
  }

  /** What the expression gives for each row; empty if it is refused. */
  private static Optional<String> outcomes(String sql, List<List<@Nullable Object>> rows) {
    Evaluator evaluator;
    try {
      evaluator = Expressions.compile(sql, INPUTS).evaluator();
    } catch (ExpressionException e) {
      return Optional.empty();
    }
    List<String> outcomes = new ArrayList<>();
    for (List<@Nullable Object> row : rows) {
      try {
        Object value = evaluator.evaluate(row);
        outcomes.add(value == null ? "null" : value.getClass().getSimpleName() + " " + value);
      } catch (EvaluationException e) {
        outcomes.add("no value");
      }
    }
    return Optional.of(outcomes.toString());
  }

  private static <T extends @Nullable Object> T pick(Random random, List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
