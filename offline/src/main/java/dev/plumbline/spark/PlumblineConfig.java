package dev.plumbline.spark;

import dev.plumbline.failure.InvalidException;
import dev.plumbline.project.Project;
import dev.plumbline.store.RunStamp;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Which project is opened, and when it believes it is.
 *
 * @param project the folder that holds {@code plumb.yaml}
 * @param environment of {@code plumb.yaml}; absent for none
 * @param now the instant at which the clock stands still; absent: what {@code plumb.yaml} says, or
 *     the machine's clock
 */
public record PlumblineConfig(Path project, Optional<String> environment, Optional<Instant> now) {
  /** The project in this folder. */
  public static PlumblineConfig of(String project) {
    return of(Path.of(project));
  }

  /** The project in this folder. */
  public static PlumblineConfig of(Path project) {
    return new PlumblineConfig(project, Optional.empty(), Optional.empty());
  }

  /** The same in an environment of {@code plumb.yaml}. */
  public PlumblineConfig withEnvironment(String name) {
    return new PlumblineConfig(project, Optional.of(name), now);
  }

  /** The same at another time. */
  public PlumblineConfig withNow(Instant instant) {
    return new PlumblineConfig(project, environment, Optional.of(instant));
  }

  /**
   * The same at another time.
   *
   * @param instant such as {@code 2001-06-15T12:00:00Z}
   * @throws InvalidException if it is no instant
   */
  public PlumblineConfig withNow(String instant) {
    return withNow(Instants.read(instant));
  }

  /**
   * The clock of the project.
   *
   * @throws InvalidException if it stands at an instant that is yet to come, or with which no run
   *     can be stamped
   */
  InstantSource clock(Project opened) {
    InstantSource machine = InstantSource.system();
    Optional<Instant> frozen = now.or(() -> opened.config().now());
    if (frozen.isPresent() && frozen.get().isAfter(machine.instant())) {
      throw new InvalidException(
          "the clock is frozen at %s, which is yet to come (expected: an instant of the past)"
              .formatted(frozen.get()));
    }
    try {
      frozen.ifPresent(RunStamp::requireFits);
    } catch (IllegalArgumentException e) {
      throw new InvalidException(String.valueOf(e.getMessage()));
    }
    return frozen.map(InstantSource::fixed).orElse(machine);
  }
}
