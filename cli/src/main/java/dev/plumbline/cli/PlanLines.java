package dev.plumbline.cli;

import dev.plumbline.plan.Affected;
import dev.plumbline.plan.Amount;
import dev.plumbline.plan.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/**
 * What is told of one change, a line each, for people. Whatever definitions hold, lines are lines.
 */
final class PlanLines {
  private static final int LONGEST = 240;
  private static final int NAMES = 8;

  private PlanLines() {}

  /** The class of a change, and the milder ones that hold too. */
  static String kinds(Change change) {
    String also =
        change.also().stream().sorted().map(Object::toString).collect(Collectors.joining(", "));
    return also.isEmpty() ? change.kind().toString() : change.kind() + ", " + also;
  }

  static List<String> of(Change change, Optional<Backfill> backfill) {
    List<String> lines = new ArrayList<>(change.details());
    backfill.ifPresent(each -> lines.addAll(of(each)));
    Affected affected = change.affected();
    names("features", affected.features(), lines);
    names("services", affected.services(), lines);
    names("stays with another version", affected.staying(), lines);
    names("datasets", affected.datasets(), lines);
    change.remedy().ifPresent(remedy -> lines.add("remedy: " + remedy));
    return lines.stream().map(PlanLines::line).toList();
  }

  private static List<String> of(Backfill backfill) {
    return List.of(
        "refreshes: " + text(backfill.refreshes(), "%,d"::formatted),
        "source rows: " + text(backfill.sourceRows(), "%,d"::formatted),
        "Redis: %s; %,d bytes a record"
            .formatted(
                text(backfill.redisBytes(), bytes -> "about " + DryRun.bytes(bytes)),
                backfill.recordBytes()));
  }

  private static String text(Amount amount, LongFunction<String> number) {
    return amount instanceof Amount.Known known
        ? "%s (%s)".formatted(number.apply(known.value()), known.basis())
        : "unknown (%s)".formatted(((Amount.Unknown) amount).why());
  }

  private static void names(String what, List<String> names, List<String> lines) {
    if (!names.isEmpty()) {
      int more = names.size() - NAMES;
      lines.add(
          "%s: %s%s"
              .formatted(
                  what,
                  names.stream().limit(NAMES).collect(Collectors.joining(", ")),
                  more > 0 ? " and %d more".formatted(more) : ""));
    }
  }

  /** Without anything that would move a terminal, and not longer than can be read. */
  private static String line(String text) {
    String plain = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]+", " ").strip();
    return plain.codePointCount(0, plain.length()) <= LONGEST
        ? plain
        : plain.substring(0, plain.offsetByCodePoints(0, LONGEST)) + "…";
  }
}
