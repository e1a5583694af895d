package dev.plumbline.timeline.window;

import java.util.ArrayList;
import java.util.List;

/**
 * A set of indexes below a limit that knows its least and its greatest. Every operation takes one
 * step per level of 64-way branching: three for 262,144 indexes.
 */
final class IndexSet {
  private static final int BRANCH_BITS = 6;

  /**
   * Level 0 has a bit per index; above it, a bit says whether a word of the level below has any.
   */
  private final long[][] levels;

  IndexSet(int limit) {
    List<long[]> built = new ArrayList<>();
    int words = Math.max(1, limit);
    do {
      words = ((words - 1) >> BRANCH_BITS) + 1;
      built.add(new long[words]);
    } while (words > 1);
    levels = built.toArray(long[][]::new);
  }

  void add(int index) {
    int at = index;
    for (long[] level : levels) {
      level[at >> BRANCH_BITS] |= 1L << at;
      at >>= BRANCH_BITS;
    }
  }

  void remove(int index) {
    int at = index;
    for (long[] level : levels) {
      level[at >> BRANCH_BITS] &= ~(1L << at);
      if (level[at >> BRANCH_BITS] != 0) {
        return;
      }
      at >>= BRANCH_BITS;
    }
  }

  boolean isEmpty() {
    return levels[levels.length - 1][0] == 0;
  }

  /** The least index; undefined if the set is empty. */
  int first() {
    int at = 0;
    for (int level = levels.length - 1; level >= 0; level--) {
      at = (at << BRANCH_BITS) + Long.numberOfTrailingZeros(levels[level][at]);
    }
    return at;
  }

  /** The greatest index; undefined if the set is empty. */
  int last() {
    int at = 0;
    for (int level = levels.length - 1; level >= 0; level--) {
      at = (at << BRANCH_BITS) + Long.SIZE - 1 - Long.numberOfLeadingZeros(levels[level][at]);
    }
    return at;
  }
}
