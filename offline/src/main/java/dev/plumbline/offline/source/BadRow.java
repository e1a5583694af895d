package dev.plumbline.offline.source;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A row of text that is not what its source declares.
 *
 * @param file that it stands in; empty for the row of a query
 * @param line from 1; empty where it is not known, far into a large file
 * @param text all of the row, or its beginning
 * @param reason a sentence that says what is wrong
 * @param column the declared column that cannot be had; empty if the whole line cannot
 * @param value the raw text of that column; empty if an expression makes it
 * @param expected the type that the column is declared as
 */
record BadRow(
    Optional<String> file,
    OptionalLong line,
    String text,
    String reason,
    Optional<String> column,
    Optional<String> value,
    Optional<String> expected) {
  private static final int MOST_SHOWN = 200;

  /** For people: where, what is wrong, and the row. */
  String describe() {
    String where =
        file.map(name -> name + (line.isPresent() ? ":" + line.getAsLong() : "") + ": ").orElse("");
    String shown = text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + " ..." : text;
    return "%s%s; the row: %s".formatted(where, reason, shown);
  }
}
