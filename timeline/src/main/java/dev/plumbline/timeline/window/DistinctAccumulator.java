package dev.plumbline.timeline.window;

/** How many different values there are: a count for each, and how many counts are not 0. */
final class DistinctAccumulator implements Accumulator {
  private final DistinctValues values;
  private final int[] counts;
  private long distinct;

  DistinctAccumulator(DistinctValues values) {
    this.values = values;
    this.counts = new int[values.size()];
  }

  @Override
  public void add(int event) {
    if (values.has(event) && counts[values.place(event)]++ == 0) {
      distinct++;
    }
  }

  @Override
  public void remove(int event) {
    if (values.has(event) && --counts[values.place(event)] == 0) {
      distinct--;
    }
  }

  @Override
  public Object result() {
    return distinct;
  }
}
