package dev.plumbline.failure;

/** It contradicts what is published already, or somebody else is at it. Exit code 4. */
public final class ConflictException extends PlumblineException {
  private static final long serialVersionUID = 1;

  public ConflictException(String message) {
    super(message, null);
  }
}
