package dev.plumbline.timeline.window;

import org.jspecify.annotations.Nullable;

/** The value that occurs most often; of several such, the least. */
final class ModeAccumulator implements Accumulator {
  private final DistinctValues values;
  private final Tournament counts;

  ModeAccumulator(DistinctValues values) {
    this.values = values;
    this.counts = new Tournament(values.size());
  }

  @Override
  public void add(int event) {
    if (values.has(event)) {
      counts.change(values.place(event), 1);
    }
  }

  @Override
  public void remove(int event) {
    if (values.has(event)) {
      counts.change(values.place(event), -1);
    }
  }

  @Override
  public @Nullable Object result() {
    return counts.greatest() == 0 ? null : values.value(counts.winner());
  }
}
