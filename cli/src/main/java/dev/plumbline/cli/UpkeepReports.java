package dev.plumbline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.offline.RecordDifferences;
import dev.plumbline.offline.RecordDifferences.Kind;
import dev.plumbline.offline.RunReport.Maintained;
import dev.plumbline.offline.RunReport.Repaired;
import dev.plumbline.registry.ShortHash;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What repairs and maintenance did, for people and programs. */
final class UpkeepReports {
  private static final Map<Repaired.Outcome, String> OUTCOMES =
      Map.of(
          Repaired.Outcome.MENDED, "mended",
          Repaired.Outcome.COMPARED, "not mended, since this is a dry run",
          Repaired.Outcome.COMPARED_UNPUBLISHED,
              "not mended, since this is a dry run; the last run is not published yet");

  private UpkeepReports() {}

  static String line(Repaired done) {
    RecordDifferences differences = done.differences();
    if (differences.total() == 0) {
      return "%s: %,d records compared with the log, no difference%s"
          .formatted(
              done.view(),
              differences.compared(),
              done.outcome() == Repaired.Outcome.COMPARED_UNPUBLISHED
                  ? "; but the last run is not published, so a server does not show them"
                  : "");
    }
    String examples =
        differences.examples().stream()
            .map(
                example ->
                    "\n  %s  %s: %s"
                        .formatted(name(example.kind()), example.entity(), example.detail()))
            .collect(Collectors.joining());
    return "%s: %,d records compared with the log, %s: %s%s"
        .formatted(
            done.view(),
            differences.compared(),
            counts(differences),
            OUTCOMES.get(done.outcome()),
            examples);
  }

  private static String counts(RecordDifferences differences) {
    return Arrays.stream(Kind.values())
        .filter(differences.counts()::containsKey)
        .map(kind -> "%,d %s".formatted(differences.counts().get(kind), name(kind)))
        .collect(Collectors.joining(", "));
  }

  private static String name(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  static String line(Maintained done) {
    if (done.execution() == Maintained.Execution.PLANNED) {
      return "%s: %s; to put together: %,d, snapshots to forget: %,d, orphans to remove: %,d"
          .formatted(
              done.view(),
              files(done.before()),
              done.rewritten(),
              done.snapshots(),
              done.orphans());
    }
    return "%s: %s, now %s; %,d put together, %,d snapshots forgotten, %,d orphans removed; rows unchanged (%s)"
        .formatted(
            done.view(),
            files(done.before()),
            files(done.after()),
            done.rewritten(),
            done.snapshots(),
            done.orphans(),
            ShortHash.of(done.contentHash()));
  }

  private static String files(Maintained.Files files) {
    return "%,d files of %,d KiB".formatted(files.count(), (files.bytes() + 1023) / 1024);
  }

  static void json(Repaired done, ObjectNode json) {
    json.put("did", done.outcome() == Repaired.Outcome.MENDED ? "repair" : "compare")
        .put("published", done.outcome() != Repaired.Outcome.COMPARED_UNPUBLISHED)
        .put("compared", done.differences().compared());
    ObjectNode counts = json.putObject("differences");
    for (Kind kind : Kind.values()) {
      counts.put(name(kind), done.differences().counts().getOrDefault(kind, 0L));
    }
    var examples = json.putArray("examples");
    done.differences()
        .examples()
        .forEach(
            example ->
                examples
                    .addObject()
                    .put("kind", name(example.kind()))
                    .put("entity", example.entity())
                    .put("detail", example.detail()));
  }

  static void json(Maintained done, ObjectNode json) {
    json.put("did", done.execution() == Maintained.Execution.DONE ? "maintain" : "plan");
    json.putObject("before")
        .put("files", done.before().count())
        .put("bytes", done.before().bytes());
    json.putObject("after").put("files", done.after().count()).put("bytes", done.after().bytes());
    json.put("files_rewritten", done.rewritten())
        .put("snapshots_expired", done.snapshots())
        .put("orphans_removed", done.orphans())
        .put("content_hash", done.contentHash());
  }
}
