package dev.plumbline.cli;

import dev.plumbline.online.ServerClock;
import dev.plumbline.project.Project;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which project a command is about, in which environment and at which time. */
final class ProjectChoice {
  @Option(
      names = "--project",
      paramLabel = "DIR",
      description = "The project's folder; otherwise the nearest one from here upwards.")
  private @Nullable Path directory;

  @Option(names = "--env", paramLabel = "NAME", description = "An environment of plumb.yaml.")
  private @Nullable String environment;

  @Option(
      names = "--now",
      paramLabel = "INSTANT",
      description =
          "Freeze the clock, e.g. 2001-06-15T12:00:00Z; otherwise what plumb.yaml says, or the machine's clock.")
  private @Nullable Instant now;

  Project project() {
    return Project.open(folder(), Optional.ofNullable(environment));
  }

  /** The folder of the project, whether or not what lies in it is valid. */
  Path folder() {
    return directory == null ? Project.folder(Path.of("")) : directory;
  }

  /** The clock of the project: the machine's, unless an option or {@code plumb.yaml} freezes it. */
  ServerClock clock(Project project) {
    ServerClock clock = frozen(now == null ? project.config().now() : Optional.of(now));
    if (clock.instant().isAfter(ServerClock.system().instant())) {
      throw new UsageException(
          "the clock is frozen at %s, which is yet to come (expected: an instant of the past); what is served then could not be corrected until then"
              .formatted(clock.instant()));
    }
    return clock;
  }

  private static ServerClock frozen(Optional<Instant> at) {
    try {
      return new ServerClock(at);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
