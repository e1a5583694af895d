package dev.plumbline.offline.push;

/** A push went on for too long with the state that it had begun from, and stopped itself. */
final class PushOverdueException extends RuntimeException {
  private static final long serialVersionUID = 1;

  PushOverdueException() {
    super("the push is older than %s".formatted(PushDeadline.LIMIT));
  }
}
