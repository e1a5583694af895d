package dev.plumbline.timeline.window;

import java.util.function.IntPredicate;

/** How many events count. */
final class CountAccumulator implements Accumulator {
  private final IntPredicate counts;
  private long count;

  CountAccumulator(IntPredicate counts) {
    this.counts = counts;
  }

  @Override
  public void add(int event) {
    count += counts.test(event) ? 1 : 0;
  }

  @Override
  public void remove(int event) {
    count -= counts.test(event) ? 1 : 0;
  }

  @Override
  public Object result() {
    return count;
  }
}
