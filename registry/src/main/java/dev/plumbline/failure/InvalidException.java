package dev.plumbline.failure;

/** What somebody wrote is not valid, or does not fit together. Exit code 3. */
public non-sealed class InvalidException extends PlumblineException {
  private static final long serialVersionUID = 1;

  public InvalidException(String message) {
    super(message, null);
  }

  public InvalidException(String message, Throwable cause) {
    super(message, cause);
  }
}
