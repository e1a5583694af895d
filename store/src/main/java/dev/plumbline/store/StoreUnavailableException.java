package dev.plumbline.store;

/** The store did not answer, or not in time. Nothing is known about any record. */
public final class StoreUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether the store did answer, with bytes that are not what was written. */
  public boolean isUnreadable() {
    return getCause() instanceof UnreadableBytesException;
  }
}
