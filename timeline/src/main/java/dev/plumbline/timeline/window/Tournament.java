package dev.plumbline.timeline.window;

/**
 * Counts per place that know the place of the greatest count; of several such, the least place.
 *
 * <p>A knock-out: each match is between the winners of the two below it. A changed count plays
 * again the matches on its way up, until one that it neither had won nor wins now: the logarithm of
 * the places at most, and about two for a count among many like it.
 */
final class Tournament {
  /** A place each, and zeros up to a power of two. */
  private final int[] counts;

  /** Who won each match: 1 is the final, below {@code i} are {@code 2 i} and {@code 2 i + 1}. */
  private final int[] winners;

  private long matches;

  /**
   * All counts are 0.
   *
   * @param limit above every place
   */
  Tournament(int limit) {
    int leaves = limit <= 1 ? 1 : Integer.highestOneBit(limit - 1) << 1;
    counts = new int[leaves];
    winners = new int[leaves];
    for (int match = leaves - 1; match > 0; match--) {
      winners[match] = winner(2 * match);
    }
  }

  void change(int place, int by) {
    counts[place] += by;
    for (int match = (counts.length + place) >> 1; match > 0; match >>= 1) {
      int before = winners[match];
      winners[match] = play(winner(2 * match), winner(2 * match + 1));
      matches++;
      if (before != place && winners[match] != place) {
        return;
      }
    }
  }

  private int play(int left, int right) {
    return counts[right] > counts[left] ? right : left;
  }

  private int winner(int match) {
    return match < counts.length ? winners[match] : match - counts.length;
  }

  /** The place of the greatest count. */
  int winner() {
    return winner(1);
  }

  /** The greatest count. */
  int greatest() {
    return counts[winner()];
  }

  /** How many matches all changes so far took: their cost. */
  long matches() {
    return matches;
  }
}
