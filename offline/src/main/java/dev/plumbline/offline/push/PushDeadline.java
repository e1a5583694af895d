package dev.plumbline.offline.push;

import dev.plumbline.type.Micros;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Until when records may be written from a state that was read at an instant. The store forgets a
 * tombstone after a week; a writer that was held up for longer would bring the row before it back.
 */
final class PushDeadline implements Serializable {
  private static final long serialVersionUID = 1;

  static final Duration LIMIT = Duration.ofHours(1);

  private final InstantSource clock;
  private final long end;

  private PushDeadline(InstantSource clock, Instant end) {
    this.clock = clock;
    this.end = Micros.of(end);
  }

  /**
   * Of a state that is read now.
   *
   * @param clock it is sent to those who write
   */
  static PushDeadline from(InstantSource clock) {
    if (!(clock instanceof Serializable)) {
      throw new IllegalArgumentException(
          "clock %s (expected: one that can be sent to another process)".formatted(clock));
    }
    return new PushDeadline(clock, clock.instant().plus(LIMIT));
  }

  /**
   * Does nothing while there is time.
   *
   * @throws PushOverdueException afterwards
   */
  void check() {
    if (Micros.of(clock.instant()) >= end) {
      throw new PushOverdueException();
    }
  }
}
