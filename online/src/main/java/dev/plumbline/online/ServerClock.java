package dev.plumbline.online;

import dev.plumbline.store.RunStamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The clock of a server: the machine's, or one that stands still, at an instant with which runs can
 * be stamped ({@link RunStamp}).
 */
public record ServerClock(Optional<Instant> frozenAt) implements InstantSource {
  /**
   * @throws IllegalArgumentException if no run can be stamped with it
   */
  public ServerClock {
    frozenAt.ifPresent(RunStamp::requireFits);
  }

  public static ServerClock system() {
    return new ServerClock(Optional.empty());
  }

  public static ServerClock frozenAt(Instant now) {
    return new ServerClock(Optional.of(now));
  }

  /**
   * The same clock in a form that can be sent to another process, where it reads that machine's.
   */
  public InstantSource sendable() {
    return frozenAt.map(InstantSource::fixed).orElseGet(InstantSource::system);
  }

  @Override
  public Instant instant() {
    return frozenAt.orElseGet(InstantSource.system()::instant);
  }
}
