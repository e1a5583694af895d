package dev.plumbline.offline.source;

import dev.plumbline.failure.UnavailableException;
import dev.plumbline.registry.DatabaseRefusal;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.SparkThrowable;

/** Why data could not be read, in the words of whoever runs it. */
final class ReadFailures {
  private static final Pattern CONDITION = Pattern.compile("^(\\[[A-Z0-9_.]+\\]\\s*)+");
  private static final Pattern STATE = Pattern.compile("\\s*SQLSTATE: \\w+.*$");

  private ReadFailures() {}

  /**
   * What in {@code failure} is the data's fault and not ours, in one line: a value that an
   * expression cannot take (class 22 of the SQL standard), a file that cannot be read, a query that
   * a database refuses.
   */
  static Optional<String> ofData(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SparkThrowable spark && isOfData(spark)) {
        return Optional.of(withCause(cause));
      }
    }
    return DatabaseRefusal.in(failure)
        .filter(refusal -> refusal.kind() == DatabaseRefusal.Kind.QUESTION)
        .map(refusal -> "the database says: " + refusal.reason());
  }

  private static boolean isOfData(SparkThrowable failure) {
    String state = failure.getSqlState();
    String condition = failure.getCondition();
    return (state != null && (state.startsWith("22") || state.equals("P0001")))
        || (condition != null
            && (condition.startsWith("FAILED_READ_FILE")
                || condition.startsWith("CANNOT_READ_FILE_FOOTER")));
  }

  /** A failure to read a file says which one, and its cause says why. */
  private static String withCause(Throwable failure) {
    Throwable cause = failure.getCause();
    String why = cause == null ? "" : " (" + reason(cause) + ")";
    String condition = ((SparkThrowable) failure).getCondition();
    boolean ofFile = condition != null && condition.contains("READ_FILE");
    return reason(failure) + (ofFile ? why : "");
  }

  /** That a database does not let us in, if that is the reason. */
  static Optional<UnavailableException> ofConnection(String source, Throwable failure) {
    return DatabaseRefusal.in(failure)
        .filter(refusal -> refusal.kind() == DatabaseRefusal.Kind.CONNECTION)
        .map(
            refusal ->
                new UnavailableException(
                    "source '%s': the database does not let us in: %s; see its url, and its user and password under bind in plumb.yaml"
                        .formatted(source, refusal.reason()),
                    failure));
  }

  /** A file's name as people write it. */
  static String shown(String file) {
    return file.replaceFirst("^file:/+", "/");
  }

  /** The first line of the message, without codes. */
  static String reason(Throwable failure) {
    String message = failure.getMessage();
    if (message == null || message.isBlank()) {
      return failure.getClass().getSimpleName();
    }
    String line = message.strip().lines().findFirst().orElse("");
    line = CONDITION.matcher(line).replaceFirst("");
    return STATE.matcher(line).replaceFirst("").strip();
  }
}
