package dev.plumbline.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.type.DataType.ArrayOf;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry$;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every allowed function gives a value, on the class path of a server: nothing that it loads is
 * left out (the exclusions in this module's POM). The calls are the examples of Spark's own
 * documentation.
 */
class EveryFunctionTest {
  private static final Pattern EXAMPLE = Pattern.compile("> SELECT ([^;]+);");

  /** Instead of documentation that has none, or none that gives a value. */
  private static final Map<String, String> OURS =
      Map.ofEntries(
          Map.entry("bigint", "bigint('1')"),
          Map.entry("binary", "binary('1')"),
          Map.entry("boolean", "boolean('true')"),
          Map.entry("date", "date('2001-06-15')"),
          Map.entry("decimal", "decimal('1')"),
          Map.entry("double", "double('1')"),
          Map.entry("float", "float('1')"),
          Map.entry("int", "int('1')"),
          Map.entry("string", "string(1)"),
          Map.entry("timestamp", "timestamp('2001-06-15 12:00:00')"),
          Map.entry("nullif", "nullif(1, 2)"),
          // Spark generates code for these that does not compile where the array is never null
          Map.entry("get", "get(numbers, 0)"),
          Map.entry("try_element_at", "try_element_at(numbers, 1)"));

  private static final List<Field> INPUTS =
      List.of(new Field("numbers", new ArrayOf(Primitive.INT)));

  static Stream<String> names() {
    return AllowedFunctions.names().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void givesAValue(String name) {
    assertThat(examples(name)).as("examples of %s", name).anyMatch(EveryFunctionTest::hasAValue);
  }

  private static List<String> examples(String name) {
    if (OURS.containsKey(name)) {
      return List.of(OURS.get(name));
    }
    String documentation =
        FunctionRegistry$.MODULE$
            .builtin()
            .lookupFunction(new FunctionIdentifier(name))
            .get()
            .getExamples();
    return EXAMPLE.matcher(documentation).results().map(EveryFunctionTest::call).toList();
  }

  private static String call(MatchResult example) {
    return example.group(1).strip();
  }

  /** Whatever is refused, or fails, is of no use as an example; whatever is missing is an Error. */
  private static boolean hasAValue(String call) {
    try {
      return Expressions.compile("cast((" + call + ") as string)", INPUTS)
              .evaluator()
              .evaluate(List.of(List.of(1, 2, 3)))
          != null;
    } catch (ExpressionException | EvaluationException e) {
      return false;
    }
  }
}
