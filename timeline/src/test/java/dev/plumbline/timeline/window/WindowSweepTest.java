package dev.plumbline.timeline.window;

import static dev.plumbline.timeline.window.WindowedFeature.ALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.timeline.Event;
import dev.plumbline.timeline.Grid;
import dev.plumbline.type.Bytes;
import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.ValueBytes;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WindowSweepTest {
  private static final Grid GRID = new Grid(Duration.ofNanos(10_000));
  private static final ArrivalCut EACH = new ArrivalCut.AtEachRefresh();

  @Test
  void everyValueEqualsTheValueFromScratch() {
    for (long seed = 0; seed < 1_500; seed++) {
      Random random = new Random(seed);
      List<WindowedFeature> features = features(random);
      List<Event> events = events(random);
      ArrivalCut cut = random.nextBoolean() ? EACH : new ArrivalCut.At(150);

      Map<Long, List<@Nullable Object>> swept = sweep(features, events, 50, 150, cut);

      NaiveWindows naive = new NaiveWindows(features);
      for (long g = 50; g <= 150; g += 10) {
        long before = cut == EACH ? g : 150;
        assertThat(lastAt(swept, g))
            .as("seed %d at %d", seed, g)
            .isEqualTo(naive.values(events, g, before));
      }
    }
  }

  @Test
  void theOrderOfEventsLeavesNoTrace() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<WindowedFeature> features = features(random);
      List<Event> events = new ArrayList<>(events(random));
      var swept = sweep(features, events, 50, 150, EACH);

      Collections.shuffle(events, random);

      assertThat(sweep(features, events, 50, 150, EACH)).as("seed %d", seed).isEqualTo(swept);
    }
  }

  @Test
  void theStartOfTheIntervalLeavesNoTrace() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<WindowedFeature> features = features(random);
      List<Event> events = events(random);
      var early = sweep(features, events, 0, 150, EACH);

      var late = sweep(features, events, 100, 150, EACH);

      for (long g = 100; g <= 150; g += 10) {
        assertThat(lastAt(late, g)).as("seed %d at %d", seed, g).isEqualTo(lastAt(early, g));
      }
    }
  }

  @Test
  void visitsOnlyRefreshesAtWhichSomethingEntersOrLeaves() {
    List<WindowedFeature> count = List.of(count(25));

    var visits = sweep(count, List.of(event(31, Event.NO_ARRIVAL, 1L)), 0, 1_000_000_000, EACH);

    assertThat(visits).containsOnlyKeys(0L, 40L, 60L);
    assertThat(visits.get(0L)).isNull();
    assertThat(visits.get(40L)).containsExactly(1L);
    assertThat(visits.get(60L)).isNull();
  }

  @Test
  void windowsAreHalfOpen() {
    List<Event> events = List.of(event(20, Event.NO_ARRIVAL, 1L), event(40, Event.NO_ARRIVAL, 1L));

    var visits = sweep(List.of(count(20)), events, 40, 40, EACH);

    assertThat(visits.get(40L)).containsExactly(1L);
  }

  @Test
  void anEmptyWindowOfALiveEntityCountsZeroAndSumsToNull() {
    WindowedFeature sum = feature(AggregateFunction.SUM, Primitive.BIGINT, 10);

    var visits =
        sweep(
            List.of(count(10), sum, count(50)),
            List.of(event(5, Event.NO_ARRIVAL, 1L)),
            20,
            20,
            EACH);

    assertThat(visits.get(20L)).containsExactly(0L, null, 1L);
  }

  @Test
  void lateRowsCountFromTheirArrivalInABackfillAndAtOnceInACorrection() {
    List<Event> late = List.of(event(5, 25, 1L));

    assertThat(sweep(List.of(count(100)), late, 10, 30, EACH)).containsOnlyKeys(10L, 30L);
    assertThat(sweep(List.of(count(100)), late, 10, 30, new ArrivalCut.At(30)).get(10L))
        .containsExactly(1L);
    assertThat(sweep(List.of(count(100)), late, 10, 30, new ArrivalCut.At(25)).get(10L)).isNull();
  }

  @Test
  void sumsOfDoublesAreExactBeforeTheyAreRounded() {
    List<Event> events = new ArrayList<>();
    for (double value : new double[] {1e16, 1.0, -1e16, 1e300, 1.0, -1e300}) {
      events.add(event(5, Event.NO_ARRIVAL, value));
    }
    WindowedFeature sum = feature(AggregateFunction.SUM, Primitive.DOUBLE, 10);

    assertThat(sweep(List.of(sum), events, 10, 10, EACH).get(10L)).containsExactly(2.0);
  }

  @Test
  void infinityLeavesTheWindowWithoutATrace() {
    List<Event> events =
        List.of(
            event(5, Event.NO_ARRIVAL, Double.POSITIVE_INFINITY),
            event(6, Event.NO_ARRIVAL, Double.NaN),
            event(15, Event.NO_ARRIVAL, 0.1));
    WindowedFeature sum = feature(AggregateFunction.SUM, Primitive.DOUBLE, 10);

    var visits = sweep(List.of(sum, count(1_000)), events, 10, 20, EACH);

    assertThat(visits.get(10L)).containsExactly(Double.NaN, 2L);
    assertThat(visits.get(20L)).containsExactly(0.1, 3L);
  }

  @Test
  void aSumBeyondBigintNamesTheFeatureAndTheRemedy() {
    List<Event> events =
        List.of(event(5, Event.NO_ARRIVAL, Long.MAX_VALUE), event(6, Event.NO_ARRIVAL, 1L));
    WindowedFeature sum = feature(AggregateFunction.SUM, Primitive.BIGINT, 10);

    assertThatThrownBy(() -> sweep(List.of(sum), events, 10, 10, EACH))
        .isInstanceOf(AggregateException.class)
        .hasMessage(
            "feature 'sum_10' at refresh 1970-01-01T00:00:00.000010Z: the sum 9223372036854775808 is beyond bigint (expected: a value of type bigint); shorten the window or widen the argument's type with cast");
  }

  @Test
  void aSumMayPassBeyondBigintOnItsWay() {
    List<Event> events =
        List.of(
            event(5, Event.NO_ARRIVAL, Long.MAX_VALUE),
            event(6, Event.NO_ARRIVAL, Long.MAX_VALUE),
            event(7, Event.NO_ARRIVAL, Long.MIN_VALUE));
    WindowedFeature sum = feature(AggregateFunction.SUM, Primitive.BIGINT, 10);

    assertThat(sweep(List.of(sum), events, 10, 10, EACH).get(10L))
        .containsExactly(Long.MAX_VALUE - 1);
  }

  @Test
  void decimalAveragesAreRoundedHalfUpToFourMoreDigits() {
    DataType cents = new DataType.Decimal(10, 2);
    List<Event> events =
        List.of(
            event(5, Event.NO_ARRIVAL, new BigDecimal("1.00")),
            event(6, Event.NO_ARRIVAL, new BigDecimal("0.00")),
            event(7, Event.NO_ARRIVAL, new BigDecimal("1.00")));

    var visits = sweep(List.of(feature(AggregateFunction.AVG, cents, 10)), events, 10, 10, EACH);

    assertThat(visits.get(10L)).containsExactly(new BigDecimal("0.666667"));
  }

  @Test
  void ofSeveralMostFrequentValuesTheLeastIsTheMode() {
    List<Event> events =
        List.of(
            event(5, Event.NO_ARRIVAL, "c"),
            event(6, Event.NO_ARRIVAL, "b"),
            event(7, Event.NO_ARRIVAL, "c"),
            event(8, Event.NO_ARRIVAL, "b"),
            event(9, Event.NO_ARRIVAL, "a"));
    WindowedFeature mode = feature(AggregateFunction.MODE, Primitive.STRING, 10);

    assertThat(sweep(List.of(mode), events, 10, 10, EACH).get(10L)).containsExactly("b");
  }

  @Test
  void aPercentileLiesBetweenTwoValuesOrIsOne() {
    List<Event> events = new ArrayList<>();
    for (long value : new long[] {40, 10, 30, 20}) {
      events.add(event(5, Event.NO_ARRIVAL, value));
    }
    List<WindowedFeature> features = new ArrayList<>();
    for (Percentile.Method method : Percentile.Method.values()) {
      for (double fraction : new double[] {0, 0.5, 0.75, 0.875, 1}) {
        features.add(feature(new Percentile(method, fraction), Primitive.BIGINT, 10));
      }
    }

    assertThat(sweep(features, events, 10, 10, EACH).get(10L))
        .containsExactly(10.0, 25.0, 32.5, 36.25, 40.0, 10L, 20L, 30L, 40L, 40L);
  }

  @Test
  void aVarianceOfOneValueIsZeroUnlessItIsASample() {
    List<WindowedFeature> features =
        Stream.of(
                AggregateFunction.VARIANCE,
                AggregateFunction.STDDEV,
                AggregateFunction.VAR_POP,
                AggregateFunction.STDDEV_POP)
            .map(function -> feature(function, Primitive.DOUBLE, 10))
            .toList();

    assertThat(sweep(features, List.of(event(5, Event.NO_ARRIVAL, 7.0)), 10, 10, EACH).get(10L))
        .containsExactly(null, null, 0.0, 0.0);
  }

  @Test
  void noEventEverLeavesAWindowOverAll() {
    List<Event> events =
        List.of(
            event(Long.MIN_VALUE, Event.NO_ARRIVAL, 1L),
            event(5, Event.NO_ARRIVAL, 2L),
            event(15, Event.NO_ARRIVAL, 3L));
    List<WindowedFeature> features = List.of(count(ALL), count(10));

    var visits = sweep(features, events, -100, 10_000_000_000L, EACH);

    assertThat(visits).containsOnlyKeys(-100L, 10L, 20L, 30L);
    assertThat(visits.get(-100L)).containsExactly(1L, 0L);
    assertThat(visits.get(10L)).containsExactly(2L, 1L);
    assertThat(visits.get(20L)).containsExactly(3L, 1L);
    assertThat(visits.get(30L)).containsExactly(3L, 0L);
  }

  @Test
  void aPercentileIsAFractionOfOne() {
    assertThatThrownBy(() -> new Percentile(Percentile.Method.INTERPOLATED, 95))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("percentile at 95.0 (expected: a fraction from 0 to 1)");
  }

  /** 150,000 events of one entity, 4,000 hourly refreshes, 15 features, in seconds of CPU. */
  @Test
  void aBusyEntityIsSweptInTime() {
    Grid hourly = new Grid(Duration.ofHours(1));
    long hour = hourly.step();
    Random random = new Random(1);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 150_000; i++) {
      long time = random.nextLong(0, 4_000 * hour);
      Bytes bytes = Bytes.owning(new byte[] {(byte) i, (byte) (i >> 8), (byte) (i >> 16)});
      events.add(new Event(time, Event.NO_ARRIVAL, bytes, List.of(random.nextGaussian())));
    }
    List<WindowedFeature> features = new ArrayList<>();
    List<Aggregate> functions = new ArrayList<>(List.of(AggregateFunction.values()));
    for (Percentile.Method method : Percentile.Method.values()) {
      functions.add(new Percentile(method, 0.95));
    }
    for (Aggregate function : functions) {
      features.add(feature(function, Primitive.DOUBLE, (1 + features.size() % 3) * 240 * hour));
    }
    int[] visits = new int[1];

    ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    long start = thread.getCurrentThreadCpuTime();
    new WindowSweep(hourly, features)
        .sweep(events, 0, 4_000 * hour, EACH, (refresh, values) -> visits[0]++);
    Duration taken = Duration.ofNanos(thread.getCurrentThreadCpuTime() - start);

    assertThat(visits[0]).isGreaterThan(3_900);
    assertThat(taken).isLessThan(Duration.ofSeconds(2));
  }

  private static List<WindowedFeature> features(Random random) {
    List<WindowedFeature> features = new ArrayList<>();
    features.add(count(1 + random.nextInt(60)));
    for (int input = 0; input < Values.TYPES.size(); input++) {
      DataType type = Values.TYPES.get(input);
      for (Aggregate function : aggregates(random)) {
        if (isSupported(function, type) && random.nextInt(3) == 0) {
          long window = List.of(3L, 10L, 15L, 47L, ALL).get(random.nextInt(5));
          features.add(
              new WindowedFeature(
                  function + "_" + type, function, OptionalInt.of(input), type, window));
        }
      }
    }
    return features;
  }

  private static List<Aggregate> aggregates(Random random) {
    List<Aggregate> aggregates = new ArrayList<>(List.of(AggregateFunction.values()));
    for (Percentile.Method method : Percentile.Method.values()) {
      for (double fraction : new double[] {0, 0.5, 0.95, 1, random.nextDouble()}) {
        aggregates.add(new Percentile(method, fraction));
      }
    }
    return aggregates;
  }

  private static boolean isSupported(Aggregate function, DataType type) {
    try {
      function.resultType(type);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static List<Event> events(Random random) {
    Values values = new Values(random);
    boolean arrivals = random.nextBoolean();
    List<Event> events = new ArrayList<>();
    for (int i = random.nextInt(25); i > 0; i--) {
      long eventTime = random.nextInt(160);
      List<@Nullable Object> inputs = new ArrayList<>();
      Values.TYPES.forEach(type -> inputs.add(values.next(type)));
      long arrival = arrivals ? eventTime + random.nextInt(40) - 5 : Event.NO_ARRIVAL;
      events.add(new Event(eventTime, arrival, ValueBytes.of(Values.TYPES, inputs), inputs));
      if (random.nextInt(6) == 0) {
        events.add(events.get(random.nextInt(events.size())));
      }
    }
    return events;
  }

  private static WindowedFeature count(long window) {
    return new WindowedFeature(
        "count_" + window, AggregateFunction.COUNT, OptionalInt.empty(), Primitive.BIGINT, window);
  }

  private static WindowedFeature feature(Aggregate function, DataType type, long window) {
    String name = function.toString().toLowerCase(Locale.ROOT) + "_" + window;
    return new WindowedFeature(name, function, OptionalInt.of(0), type, window);
  }

  private static Event event(long eventTime, long arrivalTime, Object value) {
    Bytes bytes = Bytes.copyOf(value.toString().getBytes(StandardCharsets.UTF_8));
    return new Event(eventTime, arrivalTime, bytes, Arrays.asList(value));
  }

  private static Map<Long, @Nullable List<@Nullable Object>> sweep(
      List<WindowedFeature> features, List<Event> events, long from, long to, ArrivalCut cut) {
    Map<Long, @Nullable List<@Nullable Object>> visits = new TreeMap<>();
    new WindowSweep(GRID, features).sweep(events, from, to, cut, visits::put);
    return visits;
  }

  private static @Nullable List<@Nullable Object> lastAt(
      Map<Long, @Nullable List<@Nullable Object>> visits, long refresh) {
    return ((TreeMap<Long, @Nullable List<@Nullable Object>>) visits)
        .floorEntry(refresh)
        .getValue();
  }
}
