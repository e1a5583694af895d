package dev.plumbline.timeline.run;

/**
 * A run conflicts with what was run or served before. The message says what was asked, what would
 * be allowed, and what to do.
 */
public final class RunRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  RunRefusedException(String message) {
    super(message);
  }
}
