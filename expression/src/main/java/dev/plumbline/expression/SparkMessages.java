package dev.plumbline.expression;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.spark.sql.AnalysisException;

/** Spark's messages as one plain line, without error classes and advice that does not apply. */
final class SparkMessages {
  private static final Pattern ERROR_CLASS = Pattern.compile("^(\\[[A-Z0-9_.]+\\]\\s*)+");
  private static final Pattern STATE = Pattern.compile("\\s*SQLSTATE: \\w+.*$");
  private static final Pattern SETTING_ADVICE =
      Pattern.compile("\\s*(If necessary|You may|To )[^.]*set \"?spark\\.sql\\..*$");

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
  static String describe(AnalysisException exception, Collection<String> columns) {
    String condition = exception.getCondition();
    if (condition != null && condition.startsWith("UNRESOLVED_COLUMN")) {
      String name = exception.getMessageParameters().getOrDefault("objectName", "");
      return unknownColumn(name.replace("`", ""), columns);
    }
    return lowerFirst(firstLine(exception).replace("`", ""));
  }

  private static String unknownColumn(String name, Collection<String> columns) {
    List<String> near = NearNames.of(name, columns);
    return "unknown column '%s' (%s%s)"
        .formatted(
            name,
            near.isEmpty() ? "" : "did you mean " + String.join(", ", near) + "?; ",
            columns.isEmpty()
                ? "no columns are known here"
                : "known: " + String.join(", ", columns));
  }

  private static String lowerFirst(String message) {
    return message.isEmpty()
        ? message
        : message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }
}
