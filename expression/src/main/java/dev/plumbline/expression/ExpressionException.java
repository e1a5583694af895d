package dev.plumbline.expression;

/**
 * An expression that does not parse, resolve or type-check, or uses a function that is not allowed.
 * The message says what was found, what was expected and what to do.
 */
public final class ExpressionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Refusal refusal;
  private final int offset;

  /**
   * A failure at a place of the expression.
   *
   * @param offset of the offending text within the expression, in characters from 0; 0 where it is
   *     not known
   */
  public ExpressionException(Refusal refusal, int offset) {
    super(refusal.toString());
    this.refusal = refusal;
    this.offset = offset;
  }

  /** What the message says, in its parts. */
  public Refusal refusal() {
    return refusal;
  }

  public int offset() {
    return offset;
  }
}
