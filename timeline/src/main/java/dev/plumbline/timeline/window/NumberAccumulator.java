package dev.plumbline.timeline.window;

import org.jspecify.annotations.Nullable;

/** Sums and what follows from them, over the values that are not null. */
final class NumberAccumulator implements Accumulator {
  private final EntityEvents events;
  private final int input;
  private final Tally tally;

  NumberAccumulator(EntityEvents events, int input, Tally tally) {
    this.events = events;
    this.input = input;
    this.tally = tally;
  }

  @Override
  public void add(int event) {
    tally(event, 1);
  }

  @Override
  public void remove(int event) {
    tally(event, -1);
  }

  private void tally(int event, int sign) {
    Object value = events.value(event, input);
    if (value != null) {
      tally.add(value, sign);
    }
  }

  @Override
  public @Nullable Object result() {
    return tally.result();
  }
}
