package dev.plumbline.expression;

import dev.plumbline.type.DataType;
import java.util.Set;

/** A checked expression. Immutable and thread-safe; what it gives out is not. */
public interface CompiledExpression {
  DataType type();

  /** Names of the fields that the expression reads. */
  Set<String> references();

  /** A new evaluator, for one thread. */
  Evaluator evaluator();
}
