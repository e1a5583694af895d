package dev.plumbline.cli;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** Lines of cells with aligned columns. */
final class Table {
  private static final int GAP = 2;

  private final List<List<String>> rows = new ArrayList<>();
  private final BitSet right = new BitSet();

  Table(String... headings) {
    this(List.of(headings));
  }

  Table(List<String> headings) {
    rows.add(List.copyOf(headings));
  }

  /** These columns, counted from 0, end below each other, as numbers do. */
  Table right(int... columns) {
    IntStream.of(columns).forEach(right::set);
    return this;
  }

  void row(String... cells) {
    row(List.of(cells));
  }

  void row(List<String> cells) {
    rows.add(List.copyOf(cells));
  }

  /** The length of its longest line. */
  int width() {
    return toString().lines().mapToInt(String::length).max().orElse(0);
  }

  @Override
  public String toString() {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder("  ");
      for (int i = 0; i < columns; i++) {
        String room = " ".repeat(widths[i] - row.get(i).length());
        line.append(right.get(i) ? room + row.get(i) : row.get(i) + room).append(" ".repeat(GAP));
      }
      lines.add(line.toString().stripTrailing());
    }
    return String.join("\n", lines);
  }
}
