package dev.plumbline.failure;

/**
 * A change of definitions after which somebody who reads them now would read something else, or
 * nothing. Exit code 9.
 */
public non-sealed class BreakingException extends PlumblineException {
  private static final long serialVersionUID = 1;

  public BreakingException(String message) {
    super(message, null);
  }
}
