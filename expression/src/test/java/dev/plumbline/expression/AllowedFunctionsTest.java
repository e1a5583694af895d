package dev.plumbline.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry$;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.Generator;
import org.apache.spark.sql.catalyst.expressions.HigherOrderFunction;
import org.apache.spark.sql.catalyst.expressions.Nondeterministic;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenFallback;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AllowedFunctionsTest {
  /** Not compiled, but without state. */
  private static final Set<String> CONSTANTS = Set.of("e", "pi");

  /** Written as functions, but read by the parser itself. */
  private static final Set<String> SYNTAX = Set.of("overlay", "position", "extract");

  static Stream<String> names() {
    return AllowedFunctions.names().stream()
        .filter(name -> !SYNTAX.contains(name))
        .filter(name -> !CONSTANTS.contains(name));
  }

  @ParameterizedTest
  @MethodSource("names")
  void areScalarDeterministicAndCompiled(String name) throws ClassNotFoundException {
    FunctionIdentifier identifier = new FunctionIdentifier(name);
    assertThat(FunctionRegistry$.MODULE$.builtin().functionExists(identifier)).isTrue();
    ExpressionInfo info = FunctionRegistry$.MODULE$.builtin().lookupFunction(identifier).get();

    Class<?> implementation = Class.forName(info.getClassName());
    assertThat(info.getGroup()).isNotIn("agg_funcs", "window_funcs", "generator_funcs");
    for (Class<?> refused :
        new Class<?>[] {
          Nondeterministic.class,
          CodegenFallback.class,
          Generator.class,
          AggregateFunction.class,
          HigherOrderFunction.class
        }) {
      assertThat(refused.isAssignableFrom(implementation))
          .as("%s is a %s", name, refused.getSimpleName())
          .isFalse();
    }
  }
}
