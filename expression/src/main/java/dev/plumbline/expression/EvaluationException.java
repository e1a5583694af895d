package dev.plumbline.expression;

/**
 * An expression has no value for these inputs: a division by zero, an overflow, a cast that fails.
 */
public final class EvaluationException extends Exception {
  private static final long serialVersionUID = 1;

  public EvaluationException(String message, Throwable cause) {
    super(message, cause);
  }
}
