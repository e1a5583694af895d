package dev.plumbline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.plumbline.store.local.EphemeralRedis;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.RowTime;
import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.ArrayOf;
import dev.plumbline.type.DataType.Decimal;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import dev.plumbline.type.ValueBytes;
import io.lettuce.core.resource.ClientResources;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a real Redis takes for records, beside what was foretold of them. */
class RecordSizeIT {
  private static final int RECORDS = 30_000;
  private static final double PERCENT = 15;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  static Stream<Arguments> schemas() {
    Primitive d = Primitive.DOUBLE;
    return Stream.of(
        Arguments.of(Primitive.BIGINT, types(1, Primitive.BOOLEAN)),
        Arguments.of(Primitive.BIGINT, types(2, d)),
        Arguments.of(Primitive.BIGINT, types(10, d)),
        Arguments.of(Primitive.STRING, types(10, d)),
        Arguments.of(Primitive.INT, types(50, d)),
        Arguments.of(Primitive.BIGINT, types(250, Primitive.FLOAT)),
        Arguments.of(Primitive.STRING, types(10, Primitive.STRING)),
        Arguments.of(Primitive.DATE, types(1, new ArrayOf(Primitive.FLOAT))),
        Arguments.of(
            Primitive.STRING,
            List.of(
                Primitive.BOOLEAN,
                Primitive.DATE,
                Primitive.TIMESTAMP,
                new Decimal(10, 2),
                new Decimal(30, 5),
                Primitive.STRING)));
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void isWithinFifteenPerCentOfARealRedis(Primitive key, List<DataType> types) {
    assertForetold(view(key, types, Optional.empty()));
  }

  @Test
  void countsThatRecordsExpire() {
    assertForetold(view(Primitive.BIGINT, types(4, Primitive.DOUBLE), Optional.of(DAYS)));
  }

  @Test
  void isToldFromSomeOfManyKeys() {
    OnlineView view = view(Primitive.BIGINT, types(2, Primitive.DOUBLE), Optional.empty());
    OnlineView other =
        new OnlineView("bench", 8, "user", view.keyTypes(), view.features(), Optional.empty());
    ClientResources resources = RedisResources.own();
    try (TestingRedis redis = own();
        OnlineStore store = connect(redis);
        SingleRedis single =
            SingleRedis.open(redis.address(), RedisSettings.DEFAULT, resources, Optional.empty())) {
      store.write(view, records(view, RECORDS / 2));
      store.write(other, records(other, RECORDS));

      RecordSample sample = new RedisSample(new RecordKeys(view), 0).of(single.nodes().get(0));

      assertThat(sample.records())
          .as("seed %d", seed)
          .isCloseTo(RECORDS / 2, withinPercentage(PERCENT));
      assertThat(sample.entityKeys()).hasSizeBetween(900, RecordSample.KEYS);
      assertThat(store.sample(view).records()).isEqualTo(RECORDS / 2);
    } finally {
      RedisResources.shutDown(resources);
    }
  }

  private void assertForetold(OnlineView view) {
    try (TestingRedis redis = own();
        OnlineStore store = connect(redis)) {
      store.marker(view);
      long before = used(redis);
      store.write(view, records(view, RECORDS));
      long taken = used(redis) - before;

      long foretold = new RecordSize(view).of(store.sample(view));

      assertThat(foretold)
          .as("%s, seed %d: %d taken", view.features(), seed, taken / RECORDS)
          .isCloseTo(taken, withinPercentage(PERCENT));
    }
  }

  private static final Duration DAYS = Duration.ofDays(3);

  private static TestingRedis own() {
    EphemeralRedis redis = EphemeralRedis.start();
    return new TestingRedis(redis.address(), redis::close);
  }

  private static OnlineStore connect(TestingRedis redis) {
    return RedisOnlineStore.connect(
        redis.address(), RedisSettings.DEFAULT, InstantSource.fixed(Instant.EPOCH));
  }

  private static long used(TestingRedis redis) {
    return redis
        .commands()
        .info("memory")
        .lines()
        .filter(line -> line.startsWith("used_memory:"))
        .mapToLong(line -> Long.parseLong(line.substring("used_memory:".length()).strip()))
        .findFirst()
        .orElseThrow();
  }

  private Iterator<OnlineRecord> records(OnlineView view, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            number ->
                new OnlineRecord(
                    ValueBytes.of(view.keyTypes(), List.of(key(view.keyTypes().get(0), number))),
                    new FeatureRow(
                        new RowTime(1, 2, 3),
                        view.features().stream().map(field -> value(field.type())).toList())))
        .iterator();
  }

  private static Object key(DataType type, int number) {
    return switch ((Primitive) type) {
      case INT -> 1_000_000 + number;
      case BIGINT -> 1_000_000L + number;
      case DATE -> LocalDate.ofEpochDay(number);
      default -> "customer-" + (1_000_000 + number);
    };
  }

  private Object value(DataType type) {
    if (type instanceof ArrayOf array) {
      return Stream.generate(() -> value(array.element())).limit(16).toList();
    }
    if (type instanceof Decimal decimal) {
      return BigDecimal.valueOf(random.nextInt(), decimal.scale());
    }
    return switch ((Primitive) type) {
      case BOOLEAN -> random.nextBoolean();
      case FLOAT -> random.nextFloat();
      case DOUBLE -> random.nextDouble();
      case DATE -> LocalDate.ofEpochDay(random.nextInt(20_000));
      case TIMESTAMP -> Instant.ofEpochSecond(random.nextInt());
      default -> "%016x".formatted(random.nextLong());
    };
  }

  private static List<DataType> types(int count, DataType type) {
    DataType[] all = new DataType[count];
    Arrays.fill(all, type);
    return List.of(all);
  }

  private static OnlineView view(DataType key, List<DataType> types, Optional<Duration> lifetime) {
    List<Field> features =
        IntStream.range(0, types.size())
            .mapToObj(number -> new Field("f" + number, types.get(number)))
            .toList();
    return new OnlineView("bench", 7, "user", List.of(key), features, lifetime);
  }
}
