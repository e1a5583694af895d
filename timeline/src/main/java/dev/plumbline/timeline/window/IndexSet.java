package dev.plumbline.timeline.window;

import java.util.ArrayList;
import java.util.List;

/**
 * A set of indexes below a limit that knows its least and its greatest. Every operation takes one
 * step per level of 64-way branching: three for 262,144 indexes.
 */
final class IndexSet {
  private static final int BRANCH_BITS = 6;
  private static final int BRANCHES = 1 << BRANCH_BITS;

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

  /** The greatest index below {@code index}, which may be in the set or not; there is one. */
  int before(int index) {
    int at = index;
    for (int level = 0; ; level++) {
      // A shift counts modulo 64, so this keeps the bits below that of the index.
      long below = levels[level][at >> BRANCH_BITS] & ((1L << at) - 1);
      if (below != 0) {
        int found = (at & -BRANCHES) + Long.SIZE - 1 - Long.numberOfLeadingZeros(below);
        return lastUnder(found, level);
      }
      at >>= BRANCH_BITS;
    }
  }

  /** The least index above {@code index}, which may be in the set or not; there is one. */
  int after(int index) {
    int at = index;
    for (int level = 0; ; level++) {
      long above = levels[level][at >> BRANCH_BITS] & (-2L << at);
      if (above != 0) {
        return firstUnder((at & -BRANCHES) + Long.numberOfTrailingZeros(above), level);
      }
      at >>= BRANCH_BITS;
    }
  }

  /** How many words an index has a bit in: the steps of every operation, up and down. */
  int depth() {
    return levels.length;
  }

  /** The least index; undefined if the set is empty. */
  int first() {
    return firstUnder(0, levels.length);
  }

  /** The least index under a bit of {@code level}. */
  private int firstUnder(int bit, int level) {
    int at = bit;
    for (int below = level - 1; below >= 0; below--) {
      at = (at << BRANCH_BITS) + Long.numberOfTrailingZeros(levels[below][at]);
    }
    return at;
  }

  /** The greatest index; undefined if the set is empty. */
  int last() {
    return lastUnder(0, levels.length);
  }

  /** The greatest index under a bit of {@code level}. */
  private int lastUnder(int bit, int level) {
    int at = bit;
    for (int below = level - 1; below >= 0; below--) {
      at = (at << BRANCH_BITS) + Long.SIZE - 1 - Long.numberOfLeadingZeros(levels[below][at]);
    }
    return at;
  }
}
