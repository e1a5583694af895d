package dev.plumbline.timeline.window;

import dev.plumbline.type.CanonicalValue;
import org.jspecify.annotations.Nullable;

/** The value at a fraction of the way from the least to the greatest, exactly. */
final class PercentileAccumulator implements Accumulator {
  private final Percentile percentile;
  private final DistinctValues values;
  private final RankedCounts counts;

  PercentileAccumulator(Percentile percentile, DistinctValues values) {
    this.percentile = percentile;
    this.values = values;
    this.counts = new RankedCounts(values.size());
  }

  @Override
  public void add(int event) {
    if (values.has(event)) {
      counts.add(values.place(event));
    }
  }

  @Override
  public void remove(int event) {
    if (values.has(event)) {
      counts.remove(values.place(event));
    }
  }

  @Override
  public @Nullable Object result() {
    if (counts.size() == 0) {
      return null;
    }
    return switch (percentile.method()) {
      case INTERPOLATED -> interpolated();
      case NEAREST_RANK -> nearestRank();
    };
  }

  private Object nearestRank() {
    int rank = (int) Math.ceil(percentile.fraction() * counts.size());
    return values.value(counts.placeAt(Math.max(rank, 1) - 1));
  }

  private double interpolated() {
    double position = percentile.fraction() * (counts.size() - 1);
    int lower = (int) Math.floor(position);
    int upper = (int) Math.ceil(position);
    int lowerPlace = counts.placeAt(lower);
    int upperPlace = counts.placeAt(upper);
    double least = number(lowerPlace);
    return lowerPlace == upperPlace
        ? least
        : CanonicalValue.of((upper - position) * least + (position - lower) * number(upperPlace));
  }

  private double number(int place) {
    return ((Number) values.value(place)).doubleValue();
  }
}
