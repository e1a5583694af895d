package dev.plumbline.expression;

import com.google.errorprone.annotations.FormatMethod;
import java.util.Optional;

/**
 * Why an expression is refused, without its place.
 *
 * @param found what is wrong
 * @param expected absent where {@code found} says it
 * @param remedy what to do; absent where that is plain
 */
public record Refusal(
    Reason reason, String found, Optional<String> expected, Optional<String> remedy) {
  /** The kinds of mistakes. */
  public enum Reason {
    /** Not SQL. */
    SYNTAX,
    /** No such column. */
    UNKNOWN_COLUMN,
    /** No such function, or none that an expression may call. */
    UNKNOWN_FUNCTION,
    /** A table other than the rows of the source. */
    UNKNOWN_TABLE,
    /** Its value would depend on something else than its inputs. */
    NOT_ALLOWED,
    /** Types that do not fit together, or that nothing can have here. */
    TYPE,
    /** Not one aggregate call with the arguments that it takes. */
    AGGREGATE,
    /** Too long, too deep or too many operations. */
    TOO_LARGE,
    /** Anything else that Spark finds. */
    OTHER;

    public Refusal found(String found) {
      return new Refusal(this, found, Optional.empty(), Optional.empty());
    }

    /** A refusal with the arguments that its format takes. */
    @FormatMethod
    public Refusal found(String format, Object... arguments) {
      return found(format.formatted(arguments));
    }
  }

  public Refusal expected(String what) {
    return new Refusal(reason, found, Optional.of(what), remedy);
  }

  public Refusal remedy(String what) {
    return new Refusal(reason, found, expected, Optional.of(what));
  }

  /**
   * The refusal at a place of the expression.
   *
   * @param offset in characters from 0; 0 where the place is not known
   */
  public ExpressionException at(int offset) {
    return new ExpressionException(this, offset);
  }

  /** {@code found (expected: ...); remedy}. */
  @Override
  public String toString() {
    return found
        + expected.map(what -> " (expected: " + what + ")").orElse("")
        + remedy.map(what -> "; " + what).orElse("");
  }
}
