package dev.plumbline.timeline.window;

import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The value of the event that comes first or last in an order, among those with a value. */
final class ExtremeAccumulator implements Accumulator {
  private final EntityEvents events;
  private final int input;
  private final Ranking ranking;
  private final IndexSet ranks;
  private final ToIntFunction<IndexSet> extreme;

  private ExtremeAccumulator(
      EntityEvents events, int input, Ranking ranking, ToIntFunction<IndexSet> extreme) {
    this.events = events;
    this.input = input;
    this.ranking = ranking;
    this.ranks = new IndexSet(events.size());
    this.extreme = extreme;
  }

  static Accumulator least(EntityEvents events, int input, Ranking ranking) {
    return new ExtremeAccumulator(events, input, ranking, IndexSet::first);
  }

  static Accumulator greatest(EntityEvents events, int input, Ranking ranking) {
    return new ExtremeAccumulator(events, input, ranking, IndexSet::last);
  }

  @Override
  public void add(int event) {
    if (events.value(event, input) != null) {
      ranks.add(ranking.rank(event));
    }
  }

  @Override
  public void remove(int event) {
    if (events.value(event, input) != null) {
      ranks.remove(ranking.rank(event));
    }
  }

  @Override
  public @Nullable Object result() {
    return ranks.isEmpty() ? null : events.value(ranking.event(extreme.applyAsInt(ranks)), input);
  }
}
