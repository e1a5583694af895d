package dev.plumbline.offline.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.definition.About;
import dev.plumbline.definition.Source;
import dev.plumbline.expression.SparkTypes;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.offline.preview.FeatureProfile.Spread;
import dev.plumbline.offline.source.SourceReader;
import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import dev.plumbline.type.Micros;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Profiles of random rows, beside what counting them one after the other gives. */
class ProfilesIT {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<Field> FEATURES =
      List.of(
          new Field("amount", Primitive.DOUBLE),
          new Field("count", Primitive.BIGINT),
          new Field("few", Primitive.INT),
          new Field("price", new DataType.Decimal(10, 2)),
          new Field("word", Primitive.STRING),
          new Field("flag", Primitive.BOOLEAN),
          new Field("at", Primitive.TIMESTAMP),
          new Field("day", Primitive.DATE),
          new Field("list", new DataType.ArrayOf(Primitive.FLOAT)),
          new Field("nothing", Primitive.DOUBLE),
          new Field("endless", Primitive.DOUBLE));

  @TempDir static Path folder;
  private static Warehouse warehouse;

  @BeforeAll
  static void start() {
    warehouse =
        Warehouse.local(
            "previews", "jdbc:sqlite:" + folder.resolve("none.db"), folder.resolve("w"), 2);
  }

  @AfterAll
  static void stop() {
    warehouse.close();
  }

  @Test
  void agreesWithCountingOneByOne() {
    long seed = new Random().nextLong();
    List<Row> rows = random(new Random(seed), 500);

    Profiles.Counted counted = new Profiles(frame(rows), FEATURES).counted();

    assertThat(counted.rows()).isEqualTo(500);
    for (int i = 0; i < FEATURES.size(); i++) {
      int at = i;
      List<Object> values = rows.stream().map(row -> row.get(at)).filter(Objects::nonNull).toList();
      FeatureProfile profile = counted.features().get(i);
      assertThat(profile.values()).as("seed %d, %s", seed, profile).isEqualTo(values.size());
      assertThat(profile.nulls()).isEqualTo(500 - values.size());
      if (profile.spread() instanceof Spread.Numbers numbers) {
        check(numbers, values.stream().mapToDouble(ProfilesIT::measure).toArray(), seed);
      } else if (profile.spread() instanceof Spread.Words words) {
        words
            .most()
            .forEach(
                word ->
                    assertThat(values.stream().filter(word.value()::equals).count())
                        .as("seed %d, %s", seed, word)
                        .isEqualTo(word.count()));
      }
    }
    assertThat(spread(counted, "nothing")).isInstanceOf(Spread.Unknown.class);
    assertThat(((Spread.Numbers) spread(counted, "endless")).histogram()).isEmpty();
    assertThat(((Spread.Words) spread(counted, "word")).most()).hasSize(5);
    assertThat(((Spread.Numbers) spread(counted, "few")).histogram()).hasSize(4);
    Spread.Times times = (Spread.Times) spread(counted, "at");
    assertThat(times.least()).isEqualTo(least(rows, 6, Instant.class));
    assertThat(times.histogram().stream().mapToLong(Long::longValue).sum()).isEqualTo(500);
    assertThat(((Spread.Times) spread(counted, "day")).least())
        .isEqualTo(least(rows, 7, LocalDate.class));
  }

  private static void check(Spread.Numbers numbers, double[] values, long seed) {
    double[] finite = Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
    assertThat(numbers.notANumber()).isEqualTo(values.length - finite.length);
    assertThat(numbers.least()).isEqualTo(Arrays.stream(finite).min().orElseThrow());
    assertThat(numbers.greatest()).isEqualTo(Arrays.stream(finite).max().orElseThrow());
    if (numbers.histogram().isEmpty()) {
      return;
    }
    double mean = Arrays.stream(finite).average().orElseThrow();
    assertThat(numbers.mean()).isCloseTo(mean, within(1e-9 * Math.max(1, Math.abs(mean))));
    assertThat(numbers.histogram().stream().mapToLong(Long::longValue).sum())
        .as("seed %d", seed)
        .isEqualTo(finite.length);
    assertThat(numbers.histogram().get(0)).as("the bin of the least").isPositive();
    int last = numbers.histogram().size() - 1;
    assertThat(numbers.histogram().get(last)).as("the bin of the greatest").isPositive();
  }

  private static double measure(Object value) {
    return value instanceof Number number
        ? number.doubleValue()
        : scala.jdk.javaapi.CollectionConverters.asJava((scala.collection.Seq<?>) value).size();
  }

  private static Spread spread(Profiles.Counted counted, String feature) {
    return counted.features().stream()
        .filter(each -> each.feature().name().equals(feature))
        .findFirst()
        .orElseThrow()
        .spread();
  }

  private static <T extends Comparable<? super T>> T least(
      List<Row> rows, int column, Class<T> type) {
    Function<Row, T> value = row -> type.cast(row.get(column));
    return rows.stream().map(value).min(T::compareTo).orElseThrow();
  }

  private static List<Row> random(Random random, int count) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(
          RowFactory.create(
              random.nextInt(10) == 0
                  ? null
                  : random.nextInt(20) == 0 ? Double.NaN : random.nextGaussian(),
              (long) random.nextInt(1_000_000),
              i < 4 ? i : random.nextInt(4),
              java.math.BigDecimal.valueOf(random.nextInt(10_000), 2),
              "word" + random.nextInt(1 + random.nextInt(30)),
              random.nextBoolean(),
              START.plusSeconds(random.nextInt(1_000_000)),
              LocalDate.of(2026, 1, 1 + random.nextInt(28)),
              scala.jdk.javaapi.CollectionConverters.asScala(
                      List.of(1f, 2f, 3f).subList(0, random.nextInt(4)))
                  .toSeq(),
              null,
              i == 0 ? Double.POSITIVE_INFINITY : random.nextDouble()));
    }
    return rows;
  }

  private static Dataset<Row> frame(List<Row> rows) {
    StructType schema = new StructType();
    for (Field field : FEATURES) {
      schema = schema.add(field.name(), SparkTypes.of(field.type()), true);
    }
    return warehouse.spark().createDataFrame(rows, schema);
  }

  @Test
  void aSliceOfASourceIsChosenByItsFilesAndHasWhatAFilterWouldLeave() {
    List<Row> rows = random(new Random(7), 300);
    String place = folder.resolve("sliced").toString();
    frame(rows).select("at", "count").write().parquet(place);
    Source source =
        new Source(
            "sliced",
            Source.Format.PARQUET,
            place,
            new Source.EventTime.ByColumn("at"),
            Optional.empty(),
            Optional.empty(),
            List.of(
                new Source.Column("at", Primitive.TIMESTAMP, Optional.empty()),
                new Source.Column("count", Primitive.BIGINT, Optional.empty())),
            Optional.empty(),
            Optional.empty(),
            Source.BadRows.FAIL,
            About.NOTHING);
    Instant from = START.plusSeconds(300_000);
    Instant to = START.plusSeconds(600_000);

    Dataset<Row> slice =
        new SourceReader(warehouse.spark(), each -> List.of(each.place()))
            .slice(source, Micros.of(from), Micros.of(to));

    assertThat(slice.queryExecution().executedPlan().toString())
        .contains("PushedFilters: [", "GreaterThanOrEqual(at,", "LessThan(at,");
    assertThat(slice.count())
        .isEqualTo(
            rows.stream()
                .map(row -> (Instant) row.get(6))
                .filter(at -> !at.isBefore(from) && at.isBefore(to))
                .count());
  }
}
