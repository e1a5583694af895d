package dev.plumbline.timeline.window;

/**
 * A multiset of places that knows its elements by rank.
 *
 * <p>A cursor stands at the place that was asked for last and knows how many elements lie below it.
 * An element that comes or goes shifts a rank of the kind {@code ceil(p n)} against the cursor by
 * one element at most, and may leave the cursor's place empty. So a look-up makes no more than two
 * moves for each element that came or went since the one before, whichever they were; looking at
 * two neighbours in turn adds two more. A move to the next place that has elements takes the steps
 * of {@link IndexSet}.
 */
final class RankedCounts {
  private final int[] counts;
  private final IndexSet places;
  private int size;
  private int cursor;

  /** Elements at places before the cursor. */
  private int below;

  private long moves;

  /**
   * No elements.
   *
   * @param limit above every place
   */
  RankedCounts(int limit) {
    counts = new int[limit];
    places = new IndexSet(limit);
  }

  void add(int place) {
    if (counts[place]++ == 0) {
      places.add(place);
    }
    size++;
    below += place < cursor ? 1 : 0;
  }

  void remove(int place) {
    if (--counts[place] == 0) {
      places.remove(place);
    }
    size--;
    below -= place < cursor ? 1 : 0;
  }

  int size() {
    return size;
  }

  /**
   * The place of the element that has {@code rank} elements before it.
   *
   * @param rank from 0 to below the size
   */
  int placeAt(int rank) {
    while (rank < below) {
      cursor = places.before(cursor);
      below -= counts[cursor];
      moves++;
    }
    while (rank >= below + counts[cursor]) {
      below += counts[cursor];
      cursor = places.after(cursor);
      moves++;
    }
    return cursor;
  }

  /** How many places all look-ups so far moved over: their cost. */
  long moves() {
    return moves;
  }
}
