package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.registry.RevisionEntry;
import dev.plumbline.registry.ShortHash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plumb registry log}. */
@Command(
    name = "log",
    description = "Which revisions were applied, when, by whom, and what changed; newest first.",
    mixinStandardHelpOptions = true)
final class RegistryLogCommand implements Callable<Integer> {
  @Mixin private ProjectOptions options = new ProjectOptions();

  @Option(
      names = "--last",
      paramLabel = "N",
      defaultValue = "20",
      description = "So many of the newest; default: ${DEFAULT-VALUE}.")
  private int last = 20;

  @Override
  public Integer call() {
    if (last < 1) {
      throw new UsageException("--last %d (expected: 1 or more)".formatted(last));
    }
    try (Workspace workspace = options.open()) {
      List<RevisionEntry> newest = new ArrayList<>(workspace.registry().log());
      Collections.reverse(newest);
      List<RevisionEntry> shown = newest.stream().limit(last).toList();
      Console console = workspace.console();
      console.result(
          "registry.log", () -> console.broken(text(shown, newest.size())), () -> json(shown));
      return 0;
    }
  }

  private static String text(List<RevisionEntry> shown, int all) {
    if (shown.isEmpty()) {
      return "Nothing is applied in this project yet; run: plumb apply";
    }
    Table table = new Table("revision", "applied at", "by", "commit", "fingerprint", "changed");
    for (RevisionEntry each : shown) {
      table.row(
          String.valueOf(each.number()),
          each.appliedAt().toString(),
          each.by().orElse("-"),
          each.commit().map(RegistryLogCommand::shortened).orElse("-"),
          ShortHash.of(each.fingerprint()),
          each.summary().filter(text -> !text.isEmpty()).orElse("-"));
    }
    return all == shown.size()
        ? table.toString()
        : "%s\n%,d older ones: --last %d".formatted(table, all - shown.size(), all);
  }

  /** A commit as people know it, with the mark of one that has changes. */
  static String shortened(String commit) {
    String mark = "-dirty";
    return commit.endsWith(mark) ? ShortHash.of(commit) + mark : ShortHash.of(commit);
  }

  private static ObjectNode json(List<RevisionEntry> shown) {
    ObjectNode json = Console.json();
    var list = json.putArray("revisions");
    shown.forEach(each -> list.add(json(each)));
    return json;
  }

  static ObjectNode json(RevisionEntry entry) {
    ObjectNode node =
        Console.json()
            .put("revision", entry.number())
            .put("fingerprint", entry.fingerprint())
            .put("applied_at", entry.appliedAt().toString());
    entry.by().ifPresent(by -> node.put("applied_by", by));
    entry.commit().ifPresent(commit -> node.put("commit", commit));
    entry.summary().ifPresent(summary -> node.put("summary", summary));
    return node;
  }
}
