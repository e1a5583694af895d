package dev.plumbline.bench.measure;

import java.util.List;

/** Least, middle and greatest of some measurements; the middle of two is the mean of both. */
public record Spread(double min, double median, double max) {
  /** Of one or more measurements, in any order. */
  public static Spread of(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no measurements (expected: 1 or more)");
    }
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    return new Spread(sorted.get(0), median, sorted.get(sorted.size() - 1));
  }
}
