package dev.plumbline.store;

/** Bytes are not what was written under their key; the message says why. */
final class UnreadableBytesException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnreadableBytesException(String reason) {
    super(reason);
  }
}
