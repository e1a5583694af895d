package dev.plumbline.plan;

import java.util.function.LongUnaryOperator;

/** A number that was estimated, or why it could not be. */
public sealed interface Amount {
  /**
   * About so many.
   *
   * @param basis where the number comes from, for people
   */
  record Known(long value, String basis) implements Amount {}

  /**
   * Nobody can say.
   *
   * @param why for people
   */
  record Unknown(String why) implements Amount {}

  /** Another number by the same basis; unknown stays unknown. */
  default Amount map(LongUnaryOperator change) {
    return this instanceof Known known
        ? new Known(change.applyAsLong(known.value()), known.basis())
        : this;
  }
}
