package dev.plumbline.failure;

/** A database, a store or a disk did not answer; the same again may succeed. Exit code 6. */
public final class UnavailableException extends PlumblineException {
  private static final long serialVersionUID = 1;

  public UnavailableException(String message) {
    super(message, null);
  }

  public UnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
