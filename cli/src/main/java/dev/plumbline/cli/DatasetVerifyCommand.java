package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.offline.dataset.DatasetVerification.Compared;
import dev.plumbline.offline.dataset.DatasetVerification.Verdict;
import dev.plumbline.registry.DatasetVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code plumb dataset verify}. */
@Command(
    name = "verify",
    description = {
      "Build a dataset again, of the same revision, runs and instant, and compare. Nothing is written.",
      "Exit code 7 if the rows are not the same."
    },
    mixinStandardHelpOptions = true)
final class DatasetVerifyCommand implements Callable<Integer> {
  @Mixin private ProjectOptions options = new ProjectOptions();

  @Parameters(paramLabel = "NAME[@V]", description = "A dataset; without a version its newest.")
  private String name = "";

  @Override
  public Integer call() {
    DatasetName asked = DatasetName.parse(name);
    try (Workspace workspace = options.open()) {
      Verdict verdict = workspace.datasetVerification().verify(asked.find(workspace.datasets()));
      workspace.console().result("dataset.verify", () -> text(verdict), () -> json(verdict));
      return verdict.holds() ? 0 : Failures.LAW_BROKEN;
    }
  }

  private static String text(Verdict verdict) {
    DatasetVersion version = verdict.version();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s@%d: built again, %s"
            .formatted(
                version.name(),
                version.version(),
                verdict.isRebuilt()
                    ? "%,d rows are the same (content hash %s)"
                        .formatted(verdict.rebuiltRows(), version.contentHash())
                    : "the rows differ: content hash %s (expected: %s)"
                        .formatted(verdict.rebuiltHash(), version.contentHash())));
    if (!verdict.isRebuilt()) {
      lines.addAll(differences(verdict));
    }
    if (verdict.files() == Compared.CHANGED) {
      lines.add("  the files in " + version.path() + " are no more what was built");
    } else if (verdict.files() == Compared.UNKNOWN) {
      lines.add("  there are no files in " + version.path() + " any more");
    }
    return String.join("\n", lines);
  }

  private static List<String> differences(Verdict verdict) {
    List<String> lines = new ArrayList<>();
    if (verdict.rebuiltRows() != verdict.rows()) {
      lines.add("  %,d rows (expected: %,d)".formatted(verdict.rebuiltRows(), verdict.rows()));
    }
    if (verdict.labels() == Compared.CHANGED) {
      lines.add("  its labels are not those of then; see their source");
    } else if (verdict.labels() == Compared.SAME) {
      lines.add("  its labels are those of then");
    }
    if (verdict.files() == Compared.SAME) {
      lines.add(
          verdict.columns().isEmpty()
              ? "  each column alone holds the same values, in other rows"
              : "  columns that differ: " + String.join(", ", verdict.columns()));
    }
    return lines;
  }

  private static ObjectNode json(Verdict verdict) {
    ObjectNode json =
        DatasetReports.json(verdict.version())
            .put("holds", verdict.holds())
            .put("rebuilt_content_hash", verdict.rebuiltHash())
            .put("rows", verdict.rows())
            .put("rebuilt_rows", verdict.rebuiltRows())
            .put("labels", verdict.labels().name().toLowerCase(Locale.ROOT))
            .put("files", verdict.files().name().toLowerCase(Locale.ROOT));
    var columns = json.putArray("columns");
    verdict.columns().forEach(columns::add);
    return json;
  }
}
