package dev.plumbline.cli;

import java.util.ArrayList;
import java.util.List;

/** A histogram that is as high as a line. */
final class Blocks {
  private static final String HEIGHTS = "▁▂▃▄▅▆▇█";

  private Blocks() {}

  /**
   * One character for each bin, a blank for an empty one; the fullest has the whole height, and
   * whatever is not empty is seen.
   */
  static String of(List<Long> histogram) {
    long most = histogram.stream().mapToLong(Long::longValue).max().orElse(0);
    StringBuilder line = new StringBuilder();
    for (long count : histogram) {
      line.append(count == 0 ? ' ' : HEIGHTS.charAt(height(count, most)));
    }
    return line.toString();
  }

  private static int height(long count, long most) {
    return (int) Math.ceil((double) count / most * HEIGHTS.length()) - 1;
  }

  /** The same with half the bins, each of two neighbours. */
  static List<Long> halved(List<Long> histogram) {
    List<Long> halves = new ArrayList<>();
    for (int i = 0; i < histogram.size(); i += 2) {
      long second = i + 1 < histogram.size() ? histogram.get(i + 1) : 0;
      halves.add(histogram.get(i) + second);
    }
    return halves;
  }
}
