package dev.plumbline.expression;

import dev.plumbline.expression.Refusal.Reason;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.parser.ParseException;

/** Spark's messages as one plain line, without error classes and advice that does not apply. */
final class SparkMessages {
  private static final Pattern ERROR_CLASS = Pattern.compile("^(\\[[A-Z0-9_.]+\\]\\s*)+");
  private static final Pattern STATE = Pattern.compile("\\s*SQLSTATE: \\w+.*$");
  private static final Pattern SETTING_ADVICE =
      Pattern.compile("\\s*(If necessary|You may|To )[^.]*set \"?spark\\.sql\\..*$");

  /** A message lists so many; a source may have hundreds. */
  private static final int MOST_COLUMNS = 20;

  private SparkMessages() {}

  /** The first line of what {@code failure} says. */
  static String firstLine(Throwable failure) {
    String message = failure.getMessage();
    if (message == null || message.isBlank()) {
      return failure.getClass().getSimpleName();
    }
    String line = message.strip().lines().findFirst().orElse("");
    line = ERROR_CLASS.matcher(line).replaceFirst("");
    line = STATE.matcher(line).replaceFirst("");
    return SETTING_ADVICE.matcher(line).replaceFirst("").strip();
  }

  /** {@code exception} in the words of a definition's author, who knows {@code columns}. */
  static Refusal describe(AnalysisException exception, Collection<String> columns) {
    String condition = Objects.requireNonNullElse(exception.getCondition(), "");
    if (condition.startsWith("UNRESOLVED_COLUMN")) {
      String name = exception.getMessageParameters().getOrDefault("objectName", "");
      return unknownColumn(name.replace("`", ""), columns);
    }
    String found = lowerFirst(firstLine(exception).replace("`", "").replaceFirst("\\.$", ""));
    if (exception instanceof ParseException) {
      return Reason.SYNTAX
          .found(found)
          .remedy("check the brackets, quotes, commas and operators there and before");
    }
    return ofCondition(condition, found);
  }

  private static Refusal ofCondition(String condition, String found) {
    if (condition.startsWith("AMBIGUOUS_REFERENCE")) {
      return Reason.UNKNOWN_COLUMN.found(found).remedy("write what stands before the dot too");
    }
    if (condition.startsWith("DATATYPE_MISMATCH")) {
      return Reason.TYPE.found(found).remedy("cast what does not fit");
    }
    if (condition.startsWith("WRONG_NUM_ARGS")) {
      return Reason.TYPE.found(found).remedy("add or remove arguments");
    }
    return Reason.OTHER.found(found).remedy("write it in another way");
  }

  private static Refusal unknownColumn(String name, Collection<String> columns) {
    Refusal unknown = Reason.UNKNOWN_COLUMN.found("unknown column '%s'", name);
    Refusal refusal =
        columns.isEmpty()
            ? unknown.expected("no column, none is known here")
            : unknown.expected("one of " + listed(columns));
    return NearNames.didYouMean(name, columns).map(refusal::remedy).orElse(refusal);
  }

  private static String listed(Collection<String> columns) {
    String first = columns.stream().limit(MOST_COLUMNS).collect(Collectors.joining(", "));
    int more = columns.size() - MOST_COLUMNS;
    return more > 0 ? first + " and " + more + " more" : first;
  }

  private static String lowerFirst(String message) {
    return message.isEmpty()
        ? message
        : message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }
}
