package dev.plumbline.cli;

import dev.plumbline.online.ServerClock;
import dev.plumbline.project.Project;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that every command on a project takes. */
final class ProjectOptions {
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

  @Option(
      names = "--format",
      description =
          "text or json; of plan also markdown, of validate also github. Default: ${DEFAULT-VALUE}.",
      defaultValue = "text")
  private Format format = Format.TEXT;

  /** What goes to standard output. */
  enum Format {
    TEXT,
    JSON,
    /** For a comment on a pull request. */
    MARKDOWN,
    /** For annotations of GitHub's workflows. */
    GITHUB
  }

  Project project() {
    Optional<String> named = Optional.ofNullable(environment);
    return directory == null ? Project.find(Path.of(""), named) : Project.open(directory, named);
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

  Workspace open() {
    Project project = project();
    return new Workspace(project, clock(project), console());
  }

  /**
   * Where the result goes.
   *
   * @throws UsageException if the command has none of the form that was asked for
   */
  Console console() {
    return console(Set.of(Format.TEXT, Format.JSON));
  }

  /** {@link #console()} of a command that has these forms. */
  Console console(Set<Format> forms) {
    if (!forms.contains(format)) {
      throw new UsageException(
          "--format %s (expected one of: %s)"
              .formatted(
                  format.name().toLowerCase(Locale.ROOT),
                  Stream.of(Format.values())
                      .filter(forms::contains)
                      .map(each -> each.name().toLowerCase(Locale.ROOT))
                      .collect(Collectors.joining(", "))));
    }
    return new Console(format);
  }

  Format format() {
    return format;
  }
}
