package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.cli.ProjectOptions.Format;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumb init}. */
@Command(
    name = "init",
    description = "Write a small project that works, to learn from and to begin with.",
    mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "The folder, which need not be there; default: this one.")
  private Path folder = Path.of(".");

  @Option(
      names = "--format",
      description = "text or json; default: ${DEFAULT-VALUE}.",
      defaultValue = "text")
  private Format format = Format.TEXT;

  @Override
  public Integer call() {
    NewProject project = new NewProject();
    project.writeTo(folder);
    new Console(format).result("init", () -> text(project), () -> json(project));
    return 0;
  }

  private String text(NewProject project) {
    StringBuilder text = new StringBuilder();
    text.append("Wrote %d files to %s. Next:%n".formatted(project.names().size(), folder));
    if (!folder.normalize().toString().isEmpty()) {
      text.append("%n  cd %s".formatted(folder));
    }
    int width = NewProject.STEPS.stream().mapToInt(step -> command(step).length()).max().orElse(0);
    NewProject.STEPS.forEach(
        step ->
            text.append(("%n  %-" + width + "s  # %s").formatted(command(step), step.purpose())));
    return text.toString();
  }

  private ObjectNode json(NewProject project) {
    ObjectNode json = Console.json().put("folder", folder.toAbsolutePath().normalize().toString());
    project.names().forEach(json.putArray("files")::add);
    NewProject.STEPS.stream().map(InitCommand::command).forEach(json.putArray("next")::add);
    return json;
  }

  /** As it is started here: the launcher says where it lies, which need not be on the PATH. */
  private static String command(NewProject.Step step) {
    return System.getProperty("plumb.launcher", "plumb") + " " + step.command();
  }
}
