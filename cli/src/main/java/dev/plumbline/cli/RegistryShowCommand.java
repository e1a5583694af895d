package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Lifecycle;
import dev.plumbline.definition.OnDemandView;
import dev.plumbline.definition.Revision;
import dev.plumbline.registry.AppliedRevision;
import dev.plumbline.registry.RevisionEntry;
import dev.plumbline.registry.ShortHash;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code plumb registry show}. */
@Command(
    name = "show",
    description =
        "What a revision has, by kind; with --format json its whole document, which is what servers read.",
    mixinStandardHelpOptions = true)
final class RegistryShowCommand implements Callable<Integer> {
  @Mixin private ProjectOptions options = new ProjectOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "N",
      description = "Number of the revision; default: the newest.")
  private @Nullable Integer number;

  @Override
  public Integer call() {
    try (Workspace workspace = options.open()) {
      AppliedRevision revision =
          number == null ? workspace.applied() : workspace.registry().load(number);
      RevisionEntry entry = workspace.registry().log().get(revision.number() - 1);
      workspace
          .console()
          .result("registry.show", () -> text(entry, revision), () -> json(entry, revision));
      return 0;
    }
  }

  private static String text(RevisionEntry entry, AppliedRevision applied) {
    Revision revision = applied.revision();
    Table table =
        new Table(
            "revision", "%d (%s)".formatted(applied.number(), ShortHash.of(applied.fingerprint())));
    table.row("applied at", applied.appliedAt().toString());
    table.row("by", entry.by().orElse("-"));
    table.row("commit", entry.commit().map(RegistryLogCommand::shortened).orElse("-"));
    table.row("entities", String.join(", ", revision.entities().keySet()));
    table.row("sources", String.join(", ", revision.sources().keySet()));
    table.row(
        "feature views",
        names(revision.views().values(), view -> view.id().toString(), FeatureView::lifecycle));
    table.row(
        "on-demand views",
        names(
            revision.onDemandViews().values(),
            view -> view.id().toString(),
            OnDemandView::lifecycle));
    table.row(
        "services",
        names(
            revision.services().values(),
            service -> service.name(),
            service -> service.lifecycle()));
    table.row("datasets", String.join(", ", revision.datasets().keySet()));
    return table.toString();
  }

  private static <T> String names(
      Collection<T> all, Function<T, String> name, Function<T, Lifecycle> lifecycle) {
    List<String> names =
        all.stream()
            .map(
                each ->
                    name.apply(each)
                        + (lifecycle.apply(each) == Lifecycle.RETIRED ? " (retired)" : ""))
            .toList();
    return String.join(", ", names);
  }

  private static ObjectNode json(RevisionEntry entry, AppliedRevision applied) {
    ObjectNode json = RegistryLogCommand.json(entry);
    json.set("document", Console.parse(applied.json()));
    return json;
  }
}
