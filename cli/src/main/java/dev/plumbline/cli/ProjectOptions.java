package dev.plumbline.cli;

import dev.plumbline.online.ServerClock;
import dev.plumbline.project.Project;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which project a command is about, and how it tells its result: as text or as JSON. */
final class ProjectOptions {
  @Mixin private ProjectChoice choice = new ProjectChoice();

  @Option(
      names = "--format",
      description = "text or json; default: ${DEFAULT-VALUE}.",
      defaultValue = "text")
  private Format format = Format.TEXT;

  /** What goes to standard output. */
  enum Format {
    TEXT,
    JSON
  }

  Project project() {
    return choice.project();
  }

  /** The clock of the project: the machine's, unless an option or {@code plumb.yaml} freezes it. */
  ServerClock clock(Project project) {
    return choice.clock(project);
  }

  Workspace open() {
    Project project = project();
    return new Workspace(project, clock(project), console());
  }

  Console console() {
    return new Console(format);
  }
}
