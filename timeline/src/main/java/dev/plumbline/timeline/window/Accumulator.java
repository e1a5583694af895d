package dev.plumbline.timeline.window;

import org.jspecify.annotations.Nullable;

/**
 * The value of one feature over the events that are in its window. It depends on which those are
 * and on nothing else: same bits for every order of additions and removals.
 */
interface Accumulator {
  /**
   * Lets an event into the window.
   *
   * @param event not in the window so far
   */
  void add(int event);

  /**
   * Lets an event leave the window.
   *
   * @param event in the window
   */
  void remove(int event);

  /**
   * A canonical value.
   *
   * @throws ArithmeticException if it does not fit the feature's type
   */
  @Nullable Object result();

  static Accumulator of(WindowedFeature feature, EntityEvents events) {
    if (feature.input().isEmpty()) {
      return new CountAccumulator(event -> true);
    }
    int input = feature.input().getAsInt();
    if (feature.function() instanceof Percentile percentile) {
      return new PercentileAccumulator(percentile, events.distinct(input));
    }
    AggregateFunction function = (AggregateFunction) feature.function();
    return switch (function) {
      case COUNT -> new CountAccumulator(event -> events.value(event, input) != null);
      case COUNT_DISTINCT -> new DistinctAccumulator(events.distinct(input));
      case MODE -> new ModeAccumulator(events.distinct(input));
      case SUM, AVG, STDDEV, STDDEV_POP, VARIANCE, VAR_POP ->
          new NumberAccumulator(events, input, Tally.of(function, feature.inputType()));
      case MIN -> ExtremeAccumulator.least(events, input, events.byValue(input));
      case MAX -> ExtremeAccumulator.greatest(events, input, events.byValue(input));
      case FIRST -> ExtremeAccumulator.least(events, input, events.byTime());
      case LAST -> ExtremeAccumulator.greatest(events, input, events.byTime());
    };
  }
}
