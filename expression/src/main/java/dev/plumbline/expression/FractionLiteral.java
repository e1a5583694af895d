package dev.plumbline.expression;

import dev.plumbline.expression.Refusal.Reason;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;

/** The fraction of a percentile: a number from 0 to 1 that is written out. */
final class FractionLiteral {
  private static final Set<Integer> NUMBERS =
      Set.of(
          SqlBaseLexer.INTEGER_VALUE,
          SqlBaseLexer.DECIMAL_VALUE,
          SqlBaseLexer.EXPONENT_VALUE,
          SqlBaseLexer.DOUBLE_LITERAL,
          SqlBaseLexer.BIGDECIMAL_LITERAL);

  private FractionLiteral() {}

  /**
   * The number that {@code text} is.
   *
   * @param function for the message
   * @throws ExpressionException if it is no such number
   */
  static double parse(String function, SqlTokens text) {
    if (text.size() == 0) {
      throw refused("the fraction of %s is missing".formatted(function), function, text);
    }
    if (text.outermost(SqlBaseLexer.COMMA) >= 0) {
      throw refused(
          "%s has more than two arguments; it is exact, and has no accuracy".formatted(function),
          function,
          text);
    }
    if (text.is(0, SqlBaseLexer.ARRAY)) {
      throw refused(
          "the fraction of %s is an array; declare a feature for each".formatted(function),
          function,
          text);
    }
    double fraction = number(text);
    if (!(fraction >= 0 && fraction <= 1)) {
      throw refused("the fraction of %s is '%s'".formatted(function, text.text()), function, text);
    }
    return fraction;
  }

  /** NaN if it is none. */
  private static double number(SqlTokens text) {
    boolean literal = text.size() == 1 && NUMBERS.stream().anyMatch(type -> text.is(0, type));
    return literal
        ? Double.parseDouble(text.text().toLowerCase(Locale.ROOT).replaceAll("b?d$", ""))
        : Double.NaN;
  }

  private static ExpressionException refused(String problem, String function, SqlTokens text) {
    return Reason.AGGREGATE
        .found(problem)
        .expected("one number from 0 to 1, written out, such as " + function + "(x, 0.95)")
        .at(text.offset());
  }
}
