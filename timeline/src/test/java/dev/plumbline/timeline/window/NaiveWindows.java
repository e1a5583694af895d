package dev.plumbline.timeline.window;

import dev.plumbline.timeline.Event;
import dev.plumbline.type.CanonicalValue;
import dev.plumbline.type.DataType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Values from scratch: all events are looked at, for every refresh and feature. Slow, obvious. */
public final class NaiveWindows {
  private final List<WindowedFeature> features;

  public NaiveWindows(List<WindowedFeature> features) {
    this.features = features;
  }

  /**
   * @param cut arrivals before it are seen
   */
  public @Nullable List<@Nullable Object> values(List<Event> events, long refresh, long cut) {
    long longest = features.stream().mapToLong(WindowedFeature::window).max().orElseThrow();
    if (inWindow(events, refresh, longest, cut).isEmpty()) {
      return null;
    }
    List<@Nullable Object> values = new ArrayList<>();
    for (WindowedFeature feature : features) {
      values.add(value(feature, inWindow(events, refresh, feature.window(), cut)));
    }
    return values;
  }

  private static List<Event> inWindow(List<Event> events, long refresh, long window, long cut) {
    return events.stream()
        .filter(e -> window == WindowedFeature.ALL || refresh - window <= e.eventTime())
        .filter(e -> e.eventTime() < refresh)
        .filter(e -> e.arrivalTime() < cut)
        .sorted()
        .toList();
  }

  private static @Nullable Object value(WindowedFeature feature, List<Event> events) {
    if (feature.input().isEmpty()) {
      return (long) events.size();
    }
    List<Object> values = new ArrayList<>();
    for (Event event : events) {
      Object value = event.inputs().get(feature.input().getAsInt());
      if (value != null) {
        values.add(value);
      }
    }
    if (feature.function() == AggregateFunction.COUNT) {
      return (long) values.size();
    }
    if (feature.function() == AggregateFunction.COUNT_DISTINCT) {
      return (long) new HashSet<>(values).size();
    }
    if (values.isEmpty()) {
      return null;
    }
    if (feature.function() instanceof Percentile percentile) {
      return percentile(percentile, values);
    }
    return switch ((AggregateFunction) feature.function()) {
      case COUNT, COUNT_DISTINCT -> throw new AssertionError();
      case FIRST -> values.get(0);
      case LAST -> values.get(values.size() - 1);
      case MIN -> values.stream().min(order()).orElseThrow();
      case MAX -> values.stream().max(order()).orElseThrow();
      case SUM -> sum(feature, values);
      case AVG -> average(feature, values);
      case MODE ->
          values.stream()
              .max(
                  Comparator.comparing((Object value) -> Collections.frequency(values, value))
                      .thenComparing(order().reversed()))
              .orElseThrow();
      case STDDEV -> root(variance(values, values.size() - 1));
      case STDDEV_POP -> root(variance(values, values.size()));
      case VARIANCE -> variance(values, values.size() - 1);
      case VAR_POP -> variance(values, values.size());
    };
  }

  private static Comparator<Object> order() {
    return (a, b) -> {
      if (a instanceof String one && b instanceof String other) {
        byte[] left = one.getBytes(StandardCharsets.UTF_8);
        byte[] right = other.getBytes(StandardCharsets.UTF_8);
        return Arrays.compareUnsigned(left, right);
      }
      @SuppressWarnings("unchecked")
      Comparable<Object> comparable = (Comparable<Object>) a;
      return comparable.compareTo(b);
    };
  }

  private static Object sum(WindowedFeature feature, List<Object> values) {
    DataType type = feature.function().resultType(feature.inputType());
    if (type == DataType.Primitive.DOUBLE) {
      return doubleSum(values);
    }
    BigDecimal exact = exactSum(values);
    return type == DataType.Primitive.BIGINT ? (Object) exact.longValueExact() : exact;
  }

  private static Object average(WindowedFeature feature, List<Object> values) {
    DataType type = feature.function().resultType(feature.inputType());
    if (type instanceof DataType.Decimal decimal) {
      return exactSum(values)
          .divide(BigDecimal.valueOf(values.size()), decimal.scale(), RoundingMode.HALF_UP);
    }
    return CanonicalValue.of(doubleSum(values) / values.size());
  }

  private static double doubleSum(List<Object> values) {
    if (values.stream().allMatch(NaiveWindows::isFinite)) {
      return CanonicalValue.of(exactSum(values).doubleValue());
    }
    double sum = 0;
    for (Object value : values) {
      double number = ((Number) value).doubleValue();
      sum += Double.isFinite(number) ? 0 : number;
    }
    return CanonicalValue.of(sum);
  }

  /** Spark's own two definitions, over all values in their order. */
  private static Object percentile(Percentile percentile, List<Object> values) {
    List<Object> ordered = values.stream().sorted(order()).toList();
    if (percentile.method() == Percentile.Method.NEAREST_RANK) {
      int rank = (int) Math.ceil(percentile.fraction() * ordered.size());
      return ordered.get(rank == 0 ? 0 : rank - 1);
    }
    double position = percentile.fraction() * (ordered.size() - 1);
    double lower = ((Number) ordered.get((int) Math.floor(position))).doubleValue();
    double upper = ((Number) ordered.get((int) Math.ceil(position))).doubleValue();
    double share = position - Math.floor(position);
    return CanonicalValue.of(
        Double.compare(lower, upper) == 0
            ? lower
            : (Math.ceil(position) - position) * lower + share * upper);
  }

  private static @Nullable Double root(@Nullable Double variance) {
    return variance == null ? null : Math.sqrt(variance);
  }

  private static @Nullable Double variance(List<Object> values, long divisor) {
    long n = values.size();
    if (divisor < 1) {
      return null;
    }
    if (!values.stream().allMatch(NaiveWindows::isFinite)) {
      return Double.NaN;
    }
    BigDecimal squares = exactSum(values.stream().map(v -> (Object) exact(v).pow(2)).toList());
    BigDecimal spread =
        squares
            .multiply(BigDecimal.valueOf(n), MathContext.UNLIMITED)
            .subtract(exactSum(values).pow(2));
    return spread.doubleValue() / ((double) n * (double) divisor);
  }

  private static boolean isFinite(Object value) {
    return Double.isFinite(((Number) value).doubleValue());
  }

  private static BigDecimal exactSum(List<Object> values) {
    return values.stream().map(NaiveWindows::exact).reduce(BigDecimal::add).orElseThrow();
  }

  private static BigDecimal exact(Object value) {
    Objects.requireNonNull(value);
    if (value instanceof BigDecimal decimal) {
      return decimal;
    }
    return value instanceof Double || value instanceof Float
        ? new BigDecimal(((Number) value).doubleValue())
        : BigDecimal.valueOf(((Number) value).longValue());
  }
}
