package dev.plumbline.offline.source;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of CSV as RFC 4180 has it, without line breaks in values. Nothing between two commas is
 * null, {@code ""} is an empty text.
 */
sealed interface CsvLine {
  /** A line that could be read. */
  record Values(List<@Nullable String> values) implements CsvLine {}

  /** A line that could not. */
  record Malformed(String why) implements CsvLine {}

  static CsvLine parse(String line) {
    List<@Nullable String> values = new ArrayList<>();
    int at = 0;
    while (true) {
      boolean quoted = at < line.length() && line.charAt(at) == '"';
      int end = quoted ? closing(line, at + 1) : next(line, at);
      if (end < 0) {
        return new Malformed(
            "the quote at character %d is not closed on its line; a value with a line break is not read"
                .formatted(at + 1));
      }
      String text = quoted ? line.substring(at + 1, end) : line.substring(at, end);
      if (!quoted && text.indexOf('"') >= 0) {
        return new Malformed(
            "there is a quote within a value, at character %d (expected: quotes around all of it, and \"\" for one within)"
                .formatted(at + text.indexOf('"') + 1));
      }
      values.add(quoted ? text.replace("\"\"", "\"") : text.isEmpty() ? null : text);
      at = quoted ? end + 1 : end;
      if (at == line.length()) {
        return new Values(values);
      }
      if (line.charAt(at) != ',') {
        return new Malformed(
            "there is text after a closing quote, at character %d (expected: a comma, and \"\" for a quote within)"
                .formatted(at + 1));
      }
      at++;
    }
  }

  private static int next(String line, int from) {
    int comma = line.indexOf(',', from);
    return comma < 0 ? line.length() : comma;
  }

  /** Where the quote stands that closes the value beginning at {@code from}; -1 if none does. */
  private static int closing(String line, int from) {
    int quote = line.indexOf('"', from);
    while (quote >= 0 && quote + 1 < line.length() && line.charAt(quote + 1) == '"') {
      quote = line.indexOf('"', quote + 2);
    }
    return quote;
  }
}
