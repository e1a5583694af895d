package dev.plumbline.cli;

import dev.plumbline.discovery.Item;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumb show}. */
@Command(
    name = "show",
    description =
        "All that is known of one thing: its definition, its versions, how fresh it is, values of some entities, who uses it.",
    mixinStandardHelpOptions = true)
final class ShowCommand implements Callable<Integer> {
  @Mixin private Looking looking = new Looking();

  @Parameters(
      paramLabel = "REF",
      description =
          "The name of anything: airport_departures, airport:late_share_7d@1, departures.")
  private String ref = "";

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "Which is meant, where things of several kinds have the name.")
  private @Nullable String kind;

  @Override
  public Integer call() {
    var wanted = Looking.kind(kind);
    try (Workspace workspace = looking.open()) {
      Optional<TreeComparison.Reading> files =
          looking.isTree() || workspace.hasNoMetadata()
              ? Optional.empty()
              : Optional.of(
                  TreeComparison.Reading.begin(() -> workspace.project().loadDefinitions()));
      LookedThrough looked = looking.in(workspace);
      Item item = looked.find(ref, wanted);
      Shown shown = Shown.of(workspace, looked, item, looked.applied().flatMap(applied -> files));
      Console console = workspace.console();
      console.result(
          "show", () -> new ShowText(shown, console.width()).text(), () -> ShowJson.of(shown));
      return 0;
    }
  }
}
