package dev.plumbline.timeline.window;

import org.jspecify.annotations.Nullable;

/** A total order of events: from event to rank and back. */
final class Ranking {
  private static final Ranking NATURAL = new Ranking(null, null);

  private final int @Nullable [] eventOf;
  private final int @Nullable [] rankOf;

  private Ranking(int @Nullable [] eventOf, int @Nullable [] rankOf) {
    this.eventOf = eventOf;
    this.rankOf = rankOf;
  }

  /** The order of the indexes themselves. */
  static Ranking natural() {
    return NATURAL;
  }

  /**
   * The ranks of events in an order.
   *
   * @param order events, least first
   * @param limit above every event
   */
  static Ranking of(int[] order, int limit) {
    int[] rankOf = new int[limit];
    for (int rank = 0; rank < order.length; rank++) {
      rankOf[order[rank]] = rank;
    }
    return new Ranking(order, rankOf);
  }

  int rank(int event) {
    return rankOf == null ? event : rankOf[event];
  }

  int event(int rank) {
    return eventOf == null ? rank : eventOf[rank];
  }
}
