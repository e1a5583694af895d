package dev.plumbline.failure;

/** What was asked for does not exist. Exit code 5. */
public final class NotFoundException extends PlumblineException {
  private static final long serialVersionUID = 1;

  public NotFoundException(String message) {
    super(message, null);
  }
}
