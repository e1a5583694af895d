package dev.plumbline.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A compiled expression of one thread. */
public interface Evaluator {
  /**
   * The canonical value of the expression, null for SQL's null.
   *
   * @param inputs canonical values, in the order of the fields that the expression was compiled
   *     against
   * @throws EvaluationException if it has no value for them
   */
  @Nullable Object evaluate(List<? extends @Nullable Object> inputs) throws EvaluationException;
}
