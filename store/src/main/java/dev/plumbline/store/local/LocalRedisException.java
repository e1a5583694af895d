package dev.plumbline.store.local;

/** No Redis could be started on this machine; the message says why and what to install. */
public final class LocalRedisException extends RuntimeException {
  private static final long serialVersionUID = 1;

  LocalRedisException(String message) {
    super(message);
  }

  LocalRedisException(String message, Throwable cause) {
    super(message, cause);
  }
}
