package dev.plumbline.timeline;

import java.time.Instant;

/** An interval was asked for in which a view is never refreshed. */
public final class NoRefreshException extends RuntimeException {
  private static final long serialVersionUID = 1;

  NoRefreshException(Instant from, Instant to, String expected) {
    super("no refresh from %s to %s (expected: %s)".formatted(from, to, expected));
  }
}
