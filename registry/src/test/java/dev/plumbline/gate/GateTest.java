package dev.plumbline.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.definition.About;
import dev.plumbline.definition.Entity;
import dev.plumbline.definition.Expectation;
import dev.plumbline.definition.Expectation.Freshness;
import dev.plumbline.definition.Expectation.Nulls;
import dev.plumbline.definition.Expectation.Range;
import dev.plumbline.definition.Expectation.Rows;
import dev.plumbline.definition.Expectation.UniqueKey;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.FeatureView.Feature;
import dev.plumbline.definition.Lifecycle;
import dev.plumbline.definition.ViewId;
import dev.plumbline.timeline.ViewTiming;
import dev.plumbline.timeline.ViewTiming.Shape;
import dev.plumbline.type.Bytes;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final Entity ENTITY =
      new Entity("account", List.of(new Field("id", Primitive.BIGINT)));
  private static final long HOUR = 3_600_000_000L;
  private static final long REFRESH = 1_000 * HOUR;

  @Test
  void saysWhatIsTrueOfAllRowsHoweverTheyAreSpread() {
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      List<Expectation> expectations = expectations(random);
      Map<List<Object>, List<SeenRow>> entities = entities(random, random.nextInt(30));
      Gate gate = gate(Shape.ROW, expectations);
      List<GateVerdict> atOnce = gate.verdicts(sum(gate, entities, 1, new Random(0)), REFRESH);

      List<GateVerdict> spread =
          gate.verdicts(sum(gate, entities, 1 + random.nextInt(5), random), REFRESH);

      assertThat(spread).as("seed %d", seed).isEqualTo(atOnce);
      assertThat(spread.stream().map(GateVerdict::passed))
          .as("seed %d, %s, %s", seed, expectations, entities)
          .isEqualTo(
              expectations.stream()
                  .map(each -> NaiveVerdict.holds(each, entities, List.of("n", "x"), REFRESH))
                  .toList());
    }
  }

  @Test
  void showsWhatWasFoundWithTheFirstRowsByKey() {
    Map<List<Object>, List<SeenRow>> entities = new LinkedHashMap<>();
    for (long id = 9; id >= 0; id--) {
      entities.put(List.of(id), List.of(row(REFRESH - 2 * HOUR, 0, id, id < 7 ? null : -0.5)));
    }
    List<Expectation> expectations =
        List.of(
            new Rows(OptionalLong.of(100), OptionalLong.of(5_000)),
            new Freshness(Duration.ofHours(1)),
            new Nulls("x", new BigDecimal("0.5")),
            new Range("x", Optional.of(0.0), Optional.empty(), new BigDecimal("0.005")));
    Gate gate = gate(Shape.WINDOWED, expectations);

    List<GateVerdict> verdicts = gate.verdicts(sum(gate, entities, 3, new Random(1)), REFRESH);

    assertThat(verdicts.stream().map(GateVerdict::toString))
        .containsExactly(
            "rows: {min: 100, max: 5000}: 10 rows (expected: at least 100, at most 5,000)",
            """
            freshness: 1h: the newest source row, of 1970-02-11T14:00:00Z, is 2h old (expected: at most 1h)
              id
              0""",
            """
            nulls: {feature: x, max_share: 0.5}: 7 of 10 (70.00 %) are null (expected: at most 50 %)
              id  x
              0   null
              1   null
              2   null
              3   null
              4   null""",
            """
            range: {feature: x, min: 0.0, max_share: 0.005}: 3 of 3 (100.00 %) lie outside 0.0 and up (expected: at most 0.5 %)
              id  x
              7   -0.5
              8   -0.5
              9   -0.5""");
  }

  @Test
  void ofTwoRowsOfOneKeyThatDifferBothAreShown() {
    Gate gate = gate(Shape.ROW, List.of(new UniqueKey()));
    GateTally tally = gate.tally();
    tally.observe(List.of(1L), List.of(row(HOUR, 1, 1L, 0.0), row(HOUR, 1, 1L, 0.0)));
    tally.observe(
        List.of(2L), List.of(row(0, 1, 1L, 0.0), row(HOUR, 2, 5L, 0.0), row(HOUR, 3, 6L, 0.0)));

    List<GateVerdict> verdicts = gate.verdicts(tally, REFRESH);

    assertThat(verdicts)
        .singleElement()
        .hasToString(
            """
            unique: key: 1 of 3 (33.33 %) keys and event times have rows that differ (expected: none)
              id  _event_time           n  x
              2   1970-01-01T01:00:00Z  5  0.0
              2   1970-01-01T01:00:00Z  6  0.0""");
  }

  @Test
  void aRefreshThatSeesNothingIsNotFreshAndBreaksNothingElse() {
    List<Expectation> expectations =
        List.of(
            new Freshness(Duration.ofHours(1)),
            new Nulls("x", BigDecimal.ZERO),
            new Range("x", Optional.of(0.0), Optional.empty(), BigDecimal.ZERO));
    Gate gate = gate(Shape.WINDOWED, expectations);

    assertThat(gate.verdicts(gate.tally(), REFRESH).stream().map(GateVerdict::passed))
        .containsExactly(false, true, true);
  }

  @Test
  void notANumberLiesInNoRange() {
    Gate gate =
        gate(
            Shape.WINDOWED,
            List.of(new Range("x", Optional.of(0.0), Optional.empty(), BigDecimal.ZERO)));
    GateTally tally = gate.tally();
    tally.observe(List.of(1L), List.of(row(0, 0, 1L, Double.NaN)));

    assertThat(gate.verdicts(tally, REFRESH).get(0).passed()).isFalse();
  }

  private static Gate gate(Shape shape, List<Expectation> expectations) {
    ViewTiming timing = new ViewTiming(shape, Duration.ofHours(1), Duration.ZERO, Optional.empty());
    List<Feature> features =
        Stream.of(new Field("n", Primitive.BIGINT), new Field("x", Primitive.DOUBLE))
            .map(
                field ->
                    new Feature(
                        field.name(), field.name(), Optional.empty(), field.type(), About.NOTHING))
            .toList();
    FeatureView view =
        new FeatureView(
            new ViewId("spend", 1),
            "account",
            "payments",
            Map.of("id", "id"),
            timing,
            About.NOTHING,
            features,
            expectations,
            Lifecycle.ACTIVE);
    return new Gate(view, ENTITY);
  }

  /**
   * Entities in random order, dealt to tallies, which went over a wire and are added in random
   * order.
   */
  private static GateTally sum(
      Gate gate, Map<List<Object>, List<SeenRow>> entities, int tallies, Random random) {
    List<GateTally> parts = new ArrayList<>();
    for (int i = 0; i < tallies; i++) {
      parts.add(gate.tally());
    }
    List<List<Object>> keys = new ArrayList<>(entities.keySet());
    Collections.shuffle(keys, random);
    for (List<Object> key : keys) {
      parts.get(random.nextInt(tallies)).observe(key, entities.getOrDefault(key, List.of()));
    }
    Collections.shuffle(parts, random);
    GateTally sum = gate.tally();
    parts.forEach(part -> sum.add(sent(part)));
    return sum;
  }

  private static GateTally sent(GateTally tally) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(tally);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        return (GateTally) in.readObject();
      }
    } catch (IOException | ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<List<Object>, List<SeenRow>> entities(Random random, int count) {
    Map<List<Object>, List<SeenRow>> entities = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      List<SeenRow> rows = new ArrayList<>();
      for (int j = random.nextInt(4); j >= 0; j--) {
        rows.add(randomRow(random));
      }
      rows.sort(Comparator.comparingLong(SeenRow::eventTime));
      entities.put(List.of(random.nextLong()), rows);
    }
    return entities;
  }

  private static SeenRow randomRow(Random random) {
    double[] numbers = {-1, 0, 0.5, 1, 2, Double.NaN, Double.POSITIVE_INFINITY};
    int content = random.nextInt(40);
    return row(
        REFRESH - (1 + random.nextInt(12)) * HOUR,
        content,
        content % 5 == 0 ? null : (long) content % 7,
        content % 6 == 0 ? null : numbers[content % numbers.length]);
  }

  private static SeenRow row(long eventTime, int content, @Nullable Object... values) {
    return new SeenRow(eventTime, Bytes.copyOf(new byte[] {(byte) content}), Arrays.asList(values));
  }

  private static List<Expectation> expectations(Random random) {
    long least = random.nextInt(20);
    BigDecimal share = BigDecimal.valueOf(random.nextInt(5), 1);
    List<Expectation> all =
        List.of(
            new Rows(OptionalLong.of(least), OptionalLong.of(least + random.nextInt(60))),
            new Freshness(Duration.ofHours(1 + random.nextInt(3))),
            new UniqueKey(),
            new Nulls("n", share),
            new Nulls("x", BigDecimal.valueOf(random.nextInt(3), 1)),
            new Range("n", Optional.of((long) random.nextInt(3)), Optional.of(5L), share),
            new Range("x", Optional.of(0.0), Optional.empty(), share));
    return all.stream()
        .filter(each -> random.nextInt(3) > 0)
        .sorted(Expectation.ORDER)
        .collect(Collectors.toList());
  }
}
