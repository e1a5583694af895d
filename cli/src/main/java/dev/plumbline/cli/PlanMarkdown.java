package dev.plumbline.cli;

import dev.plumbline.plan.Change;
import dev.plumbline.plan.ChangeClass;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A plan for a comment on a pull request: a summary, a table, details folded. What definitions say
 * stands in blocks of code only, whose fence is longer than any in it, so that none of it is taken
 * for Markdown, HTML or a mention.
 */
final class PlanMarkdown {
  /** The first line, by which a workflow finds its own comment. */
  static final String MARKER = "<!-- plumbline plan -->";

  /** What GitHub takes is a bit more. */
  static final int MOST = 60_000;

  /** Kept for the sentence on what is left out. */
  private static final int RESERVE = 300;

  private static final Pattern FENCES = Pattern.compile("`+");

  private final PlanReport report;
  private final StringBuilder text = new StringBuilder();

  private PlanMarkdown(PlanReport report) {
    this.report = report;
  }

  static String of(PlanReport report) {
    return new PlanMarkdown(report).write();
  }

  private String write() {
    line(MARKER);
    line("### Feature definitions: " + verdict());
    line("");
    line(code(report.summary()));
    List<Change> changes = report.plan().changes();
    if (!changes.isEmpty()) {
      table(changes);
      details(changes);
    }
    return text.toString().stripTrailing();
  }

  private String verdict() {
    if (report.plan().isBreaking()) {
      return "**breaking**, `plumb apply` refuses this";
    }
    return report.plan().isEmpty() ? "no changes" : "changes";
  }

  private void table(List<Change> changes) {
    line("");
    line("| | change | class | services | stay |");
    line("|---|---|---|---|---|");
    int shown = 0;
    for (Change change : changes) {
      String row = row(change);
      if (text.length() + row.length() > MOST / 2) {
        break;
      }
      line(row);
      shown++;
    }
    leftOut(changes.size() - shown, "rows");
  }

  private String row(Change change) {
    return "| %s | %s | %s | %s | %s |"
        .formatted(
            change.kind() == ChangeClass.BREAKING ? "**!**" : "",
            code(change.subject()),
            PlanLines.kinds(change),
            names(change.affected().services()),
            names(change.affected().staying()));
  }

  private void details(List<Change> changes) {
    int shown = 0;
    for (Change change : changes) {
      String details = details(change);
      if (text.length() + details.length() > MOST - RESERVE) {
        break;
      }
      text.append(details);
      shown++;
    }
    leftOut(changes.size() - shown, "details");
  }

  private String details(Change change) {
    List<String> lines = PlanLines.of(change, report.backfill(change));
    String body = String.join("\n", lines);
    String fence = fence(body);
    String open = change.kind() == ChangeClass.BREAKING ? "<details open>" : "<details>";
    return "\n%s<summary><code>%s</code>: %s</summary>\n\n%stext\n%s\n%s\n\n</details>\n"
        .formatted(open, html(change.subject()), PlanLines.kinds(change), fence, body, fence);
  }

  private void leftOut(int count, String what) {
    if (count > 0) {
      line("");
      line("%,d more %s do not fit; run `plumb plan` to see them.".formatted(count, what));
    }
  }

  private static String names(List<String> names) {
    List<String> shown = new ArrayList<>(names.stream().limit(4).map(PlanMarkdown::code).toList());
    if (names.size() > shown.size()) {
      shown.add("+%d".formatted(names.size() - shown.size()));
    }
    return String.join(", ", shown);
  }

  /** Within a line, and within a cell of a table. */
  private static String code(String text) {
    return "`" + text.replace("`", "'").replace("|", "\\|") + "`";
  }

  private static String html(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String fence(String body) {
    Matcher fences = FENCES.matcher(body);
    int longest = 2;
    while (fences.find()) {
      longest = Math.max(longest, fences.end() - fences.start());
    }
    return "`".repeat(longest + 1);
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
