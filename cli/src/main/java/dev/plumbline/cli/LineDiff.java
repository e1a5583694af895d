package dev.plumbline.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * The lines by which two texts differ, in their order. What stays is a longest common subsequence
 * (Wagner and Fischer, 1974); time and memory are the product of both lengths, which for
 * definitions is little.
 */
final class LineDiff {
  private final List<String> before;
  private final List<String> after;

  /** How many lines at most stay, from each line of one text and each of the other on. */
  private final int[][] staying;

  private LineDiff(List<String> before, List<String> after) {
    this.before = before;
    this.after = after;
    this.staying = new int[before.size() + 1][after.size() + 1];
    for (int i = before.size() - 1; i >= 0; i--) {
      for (int j = after.size() - 1; j >= 0; j--) {
        staying[i][j] =
            before.get(i).equals(after.get(j))
                ? 1 + staying[i + 1][j + 1]
                : Math.max(staying[i + 1][j], staying[i][j + 1]);
      }
    }
  }

  /** Lines that only {@code before} has after {@code "- "}, those of {@code after} after "+ ". */
  static List<String> of(String before, String after) {
    return new LineDiff(before.lines().toList(), after.lines().toList()).lines();
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < before.size() || j < after.size()) {
      if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
        i++;
        j++;
      } else if (j == after.size()
          || (i < before.size() && staying[i + 1][j] >= staying[i][j + 1])) {
        lines.add("- " + before.get(i++));
      } else {
        lines.add("+ " + after.get(j++));
      }
    }
    return lines;
  }
}
