package dev.plumbline.timeline.history;

import dev.plumbline.timeline.ViewTiming;
import dev.plumbline.timeline.window.Aggregate;
import dev.plumbline.timeline.window.AggregateFunction;
import dev.plumbline.timeline.window.Percentile;
import dev.plumbline.timeline.window.WindowedFeature;
import dev.plumbline.type.Bytes;
import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import dev.plumbline.type.ValueBytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/**
 * A view and what its source will come to hold. One tick is one microsecond.
 *
 * @param arrivals whether the source has arrival times
 * @param features of a windowed view; none in a row view, whose one feature is the source's value
 * @param end the tick at which the history ends
 */
public record Scenario(
    ViewTiming timing,
    boolean arrivals,
    List<WindowedFeature> features,
    List<SourceRow> source,
    long end) {
  /** An entity has two keys, so that (1, 23) and (12, 3) could be mistaken for each other. */
  public static final List<DataType> KEY_TYPES = List.of(Primitive.BIGINT, Primitive.BIGINT);

  private static final Aggregate MEDIAN = new Percentile(Percentile.Method.NEAREST_RANK, 0.5);

  public static final List<Bytes> ENTITIES = List.of(entity(1, 23), entity(12, 3), entity(1, 2));

  private static Bytes entity(long first, long second) {
    return ValueBytes.of(KEY_TYPES, List.of(first, second));
  }

  public boolean isWindowed() {
    return timing.shape() == ViewTiming.Shape.WINDOWED;
  }

  /** Whether the runs of a row view have a lookback; one view in four. */
  boolean isBounded() {
    return source.size() % 4 == 0;
  }

  /** The values of every row. */
  public List<Field> fields() {
    return isWindowed()
        ? features.stream().map(f -> new Field(f.name(), Primitive.BIGINT)).toList()
        : List.of(new Field("x", Primitive.BIGINT));
  }

  /** The view and source of {@link History#play} for {@code seed}. */
  public static Scenario of(long seed) {
    return random(new Random(seed));
  }

  /** One of all kinds; the same for the same state of {@code random}. */
  public static Scenario random(Random random) {
    long every = random.nextBoolean() ? 5 : 10;
    long lag = List.of(0L, 2L, 7L, 13L).get(random.nextInt(4));
    boolean windowed = random.nextInt(100) < 65;
    ViewTiming timing =
        new ViewTiming(
            windowed ? ViewTiming.Shape.WINDOWED : ViewTiming.Shape.ROW,
            micros(every),
            micros(lag),
            maxAge(random, every, lag));
    boolean arrivals = random.nextBoolean();
    long end = random.nextBoolean() ? 120 : 200;
    List<WindowedFeature> features = windowed ? features(random, every) : List.of();
    return new Scenario(timing, arrivals, features, source(random, arrivals, end), end);
  }

  private static Optional<Duration> maxAge(Random random, long every, long lag) {
    return switch (random.nextInt(4)) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(micros(every + lag));
      case 2 -> Optional.of(micros(2 * every + lag));
      default -> Optional.of(micros(4 * every + lag));
    };
  }

  private static List<WindowedFeature> features(Random random, long every) {
    long[][] windows = {
      {every, every},
      {every, 3 * every},
      {7, 4 * every + 3},
      {every / 2 + 1, 6 * every},
      {2 * every, WindowedFeature.ALL}
    };
    List<WindowedFeature> features = new ArrayList<>();
    for (long window : windows[random.nextInt(windows.length)]) {
      features.add(feature("count_", AggregateFunction.COUNT, OptionalInt.empty(), window));
      features.add(feature("sum_", AggregateFunction.SUM, OptionalInt.of(0), window));
      features.add(feature("mode_", AggregateFunction.MODE, OptionalInt.of(0), window));
      features.add(feature("median_", MEDIAN, OptionalInt.of(0), window));
    }
    return features;
  }

  private static WindowedFeature feature(
      String name, Aggregate function, OptionalInt input, long window) {
    return new WindowedFeature(name + window, function, input, Primitive.BIGINT, window);
  }

  private static List<SourceRow> source(Random random, boolean arrivals, long end) {
    List<SourceRow> rows = new ArrayList<>();
    for (int i = 3 + random.nextInt(23); i > 0; i--) {
      SourceRow row = SourceRow.random(random, arrivals, end);
      rows.add(row);
      if (random.nextInt(100) < 15) {
        rows.add(row.rival(random, arrivals));
      }
      if (random.nextInt(100) < 5) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static Duration micros(long micros) {
    return Duration.ofNanos(1_000 * micros);
  }
}
