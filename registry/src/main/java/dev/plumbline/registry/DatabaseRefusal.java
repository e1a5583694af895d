package dev.plumbline.registry;

import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * What a database said instead of an answer.
 *
 * @param reason its words, in one line
 * @param kind what they are about
 * @param position in the SQL that it was given, in characters from 0; empty where it does not say
 */
public record DatabaseRefusal(String reason, Kind kind, OptionalInt position) {
  private static final Set<SQLiteErrorCode> FILE_TROUBLE =
      Set.of(
          SQLiteErrorCode.SQLITE_CANTOPEN,
          SQLiteErrorCode.SQLITE_NOTADB,
          SQLiteErrorCode.SQLITE_PERM,
          SQLiteErrorCode.SQLITE_BUSY);

  private static final Pattern POSITION = Pattern.compile("Position: (\\d{1,9})");

  /** What a refusal is about. */
  public enum Kind {
    /** We are not let in: nobody is there, or does not know us, or has room. */
    CONNECTION,
    /** What was asked. */
    QUESTION
  }

  /** The refusal that {@code failure} was caused by; empty if none was. */
  public static Optional<DatabaseRefusal> in(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException refused) {
        return Optional.of(of(refused));
      }
    }
    return Optional.empty();
  }

  private static DatabaseRefusal of(SQLException refused) {
    String message = String.valueOf(refused.getMessage());
    Matcher position = POSITION.matcher(message);
    return new DatabaseRefusal(
        message.strip().lines().findFirst().orElse(""),
        isOfConnection(refused) ? Kind.CONNECTION : Kind.QUESTION,
        position.find()
            ? OptionalInt.of(Integer.parseInt(position.group(1)) - 1)
            : OptionalInt.empty());
  }

  /**
   * Classes 08 (connection), 28 (authorisation), 53 and 57 (it has no room, or shuts down); a file
   * that is not there, or no database.
   */
  private static boolean isOfConnection(SQLException refused) {
    if (refused instanceof SQLiteException sqlite) {
      return FILE_TROUBLE.contains(sqlite.getResultCode());
    }
    String state = refused.getSQLState();
    return state != null && state.matches("(08|28|53|57).*");
  }
}
