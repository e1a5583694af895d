package dev.plumbline.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is written as an expression, it compiles or is refused with a reason. */
class ArbitraryTextTest {
  private static final List<Field> INPUTS =
      List.of(
          new Field("a", Primitive.INT),
          new Field("r.b", Primitive.DOUBLE),
          new Field("s", Primitive.STRING),
          new Field("t", Primitive.TIMESTAMP),
          new Field("x", new DataType.ArrayOf(Primitive.FLOAT)));
  private static final List<String> WORDS = words();

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void isCompiledOrRefused(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      check(text(random, 1 + i / 12), "seed " + seed + ", text " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = 5)
  void callsOfAllowedFunctionsAreCompiledOrRefused(long seed) {
    Random random = new Random(seed);
    for (String name : AllowedFunctions.names()) {
      for (int arguments = 0; arguments <= 3; arguments++) {
        String list =
            IntStream.range(0, arguments)
                .mapToObj(i -> pick(random, List.of("a", "r.b", "s", "t", "x", "1", "'d'", "null")))
                .collect(Collectors.joining(", "));
        check(name + "(" + list + ")", "seed " + seed);
      }
    }
  }

  @Test
  void isRefusedWhenNestedTooDeeply() {
    for (String open : List.of("(", "-", "not ", "abs(", "1 + (", "case when a = 1 then ")) {
      check(open.repeat(3_000 / open.length() * 3) + "1", "nesting of " + open);
    }
    check("1" + " + 1".repeat(4_000), "a long sum");
    check("1" + " || 'a'".repeat(2_000), "a long concatenation");
    assertThat(Expressions.compile("a + 1", INPUTS).type()).isEqualTo(Primitive.INT);
  }

  private static void check(String sql, String where) {
    try {
      Expressions.compile(sql, INPUTS).evaluator().evaluate(Arrays.asList(1, 2.0, "d", null, null));
    } catch (ExpressionException e) {
      checkReason(e, sql, where);
    } catch (EvaluationException e) {
      assertThat(e.getMessage()).isNotBlank();
    } catch (RuntimeException | Error e) {
      fail(where + ": " + sql.substring(0, Math.min(300, sql.length())), e);
    }
    try {
      Expressions.aggregate(sql, INPUTS);
    } catch (ExpressionException e) {
      checkReason(e, sql, where);
    } catch (RuntimeException | Error e) {
      fail(where + ", as an aggregate: " + sql.substring(0, Math.min(300, sql.length())), e);
    }
  }

  private static void checkReason(ExpressionException e, String sql, String where) {
    assertThat(e.getMessage()).as(where + ": " + sql).isNotBlank().doesNotContain("\n");
    assertThat(e.offset()).as(where + ": " + sql).isBetween(0, sql.length());
  }

  private static String text(Random random, int length) {
    return IntStream.range(0, length)
        .mapToObj(i -> pick(random, WORDS))
        .collect(Collectors.joining(random.nextInt(4) == 0 ? "" : " "));
  }

  private static List<String> words() {
    List<String> words =
        new ArrayList<>(
            List.of(
                "a",
                "r.b",
                "s",
                "t",
                "x",
                "1",
                "2.5",
                "'d'",
                "null",
                "true",
                "1e400",
                "0x",
                "date'1'",
                "interval 1 day",
                "?",
                ":p",
                "$",
                "\"",
                "'",
                "`",
                ";",
                "--",
                "/*",
                "*/",
                "\\",
                "\u0000",
                "🙂",
                "\n",
                "struct",
                "map",
                "array",
                "lambda",
                "->",
                "select",
                "from",
                "over",
                "filter",
                "where",
                "identifier",
                "as",
                "is",
                "distinct",
                "collate",
                "utf8_lcase",
                "variant",
                "cast",
                "case",
                "when",
                "then",
                "else",
                "end",
                "current_date",
                "sum",
                "count",
                "*"));
    List<String> operators =
        List.of(
            "(", ")", ",", "+", "-", "/", "%", "||", "=", "<=>", "and", "or", "not", "in", "[",
            "]");
    for (int i = 0; i < 4; i++) {
      words.addAll(operators);
    }
    words.addAll(AllowedFunctions.names());
    return Collections.unmodifiableList(words);
  }

  private static String pick(Random random, List<String> words) {
    return words.get(random.nextInt(words.size()));
  }
}
