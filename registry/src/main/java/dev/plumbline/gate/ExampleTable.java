package dev.plumbline.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A few rows as lines of text with aligned columns. */
final class ExampleTable {
  private static final int WIDEST = 40;

  private ExampleTable() {}

  /** The rows, which have the same columns, below their names. */
  static String of(List<Map<String, @Nullable Object>> rows) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.copyOf(rows.get(0).keySet()));
    rows.forEach(row -> lines.add(row.values().stream().map(ExampleTable::cell).toList()));
    List<String> texts = new ArrayList<>();
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder("  ");
      for (int column = 0; column < line.size(); column++) {
        text.append(line.get(column));
        text.append(" ".repeat(width(lines, column) - line.get(column).length() + 2));
      }
      texts.add(text.toString().stripTrailing());
    }
    return String.join("\n", texts);
  }

  private static int width(List<List<String>> lines, int column) {
    return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
  }

  /** In one line, and not wider than a glance. */
  private static String cell(@Nullable Object value) {
    String text = String.valueOf(value).replaceAll("\\s+", " ");
    return text.length() <= WIDEST ? text : text.substring(0, WIDEST - 1) + "…";
  }
}
