package dev.plumbline.cli;

import dev.plumbline.discovery.BuiltDataset;
import dev.plumbline.discovery.Dependent;
import dev.plumbline.discovery.Dependents;
import dev.plumbline.discovery.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumb uses}. */
@Command(
    name = "uses",
    description =
        "Everything that depends on something: views, on-demand views, services, datasets, and the versions of datasets that were built.",
    mixinStandardHelpOptions = true)
final class UsesCommand implements Callable<Integer> {
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
      LookedThrough looked = looking.in(workspace);
      Item item = looked.find(ref, wanted);
      Dependent tree = new Dependents(looked.revision(), built(workspace, looked)).of(item);
      Console console = workspace.console();
      console.result(
          "uses",
          () -> Lines.fitted(text(looked, item, tree), console.width()),
          () -> {
            var json = looked.json();
            json.setAll(UseTree.json(tree));
            return json;
          });
      return 0;
    }
  }

  /** The versions of datasets that are recorded; none where nothing was ever applied. */
  static List<BuiltDataset> built(Workspace workspace, LookedThrough looked) {
    return looked.applied().isEmpty() && workspace.current().isEmpty()
        ? List.of()
        : workspace.datasets().all().stream().map(BuiltDataset::of).toList();
  }

  private static String text(LookedThrough looked, Item item, Dependent tree) {
    List<String> lines = new ArrayList<>();
    lines.add(item.kind() + " " + item.ref());
    lines.addAll(UseTree.lines(tree));
    if (tree.dependents().isEmpty()) {
      lines.add("Nothing depends on it.");
    }
    lines.add(looked.told());
    return String.join("\n", lines);
  }
}
