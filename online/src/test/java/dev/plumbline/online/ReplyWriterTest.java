package dev.plumbline.online;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.FeatureService;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.serving.v1.GetFeaturesRequest;
import dev.plumbline.serving.v1.GetFeaturesResponse;
import dev.plumbline.serving.v1.NamedColumn;
import dev.plumbline.serving.v1.RoleKeys;
import dev.plumbline.store.InMemoryOnlineStore;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.ReadBatch;
import dev.plumbline.timeline.Status;
import dev.plumbline.type.Bytes;
import dev.plumbline.type.CanonicalValue;
import dev.plumbline.type.DataType;
import dev.plumbline.type.Field;
import dev.plumbline.type.Micros;
import dev.plumbline.type.ValueBytes;
import dev.plumbline.vector.ServicePlan.Read;
import dev.plumbline.wire.ColumnWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies are, byte for byte of meaning, those that {@link NaiveReply} builds. */
class ReplyWriterTest {
  private static final int USERS = 40;
  private static final Instant LATE = Flights.NOW.minus(Duration.ofDays(3));

  /** All that a user may have, with defaults for some of it. */
  private static final FeatureService EVERY_TYPE =
      new FeatureService("every_type", Map.of("user", "user"), references(), defaults());

  private final OnlineStore store = new InMemoryOnlineStore(() -> Flights.NOW);
  private final ServingModel model =
      ServingModel.of(Flights.published("r1", Flights.revision(EVERY_TYPE, Flights.DELAY_MODEL)));

  /** Both are used for one reply after the other, as a server does. */
  private final ReadBatch batch = new ReadBatch();

  private final ReplyWriter writer = new ReplyWriter();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 100, 1_000})
  void everyTypeAndStatusIsWrittenAsItIsDefined(int rows) throws Exception {
    Random random = new Random(rows);
    fill(random);
    for (int trial = 0; trial < 20; trial++) {
      List<@Nullable Object> ids = new ArrayList<>();
      for (int row = 0; row < rows; row++) {
        ids.add(random.nextInt(12) == 0 ? null : Long.valueOf(random.nextInt(USERS + 5)));
      }
      GetFeaturesRequest.Builder request =
          GetFeaturesRequest.newBuilder()
              .setFeatureService("every_type")
              .setOmitNames(random.nextBoolean())
              .addEntities(keys("user", column("id", ids)));
      if (random.nextBoolean()) {
        request.setMaxAgeMicros(Micros.of(Duration.ofHours(random.nextInt(72))));
      }
      requireAsDefined(request.build());
    }
  }

  @Test
  void onDemandFeaturesAndDefaultsAreWrittenAsTheyAreDefined() throws Exception {
    Random random = new Random(5);
    List<String> airports = List.of("JFK", "ATL", "", "}|", "\u65e5\ud83d\ude80", "nowhere");
    for (String one : airports.subList(0, 5)) {
      Flights.put(store, Flights.DELAYS, List.of(one), random.nextInt(3) / 2.0);
      Flights.put(store, Flights.DEPARTURES, List.of(one), (Object) null);
      for (String other : airports) {
        Flights.put(store, Flights.ROUTE_DELAYS, List.of(one, other), random.nextInt(3) / 4.0);
      }
    }
    Flights.publish(store, Flights.views());
    for (int trial = 0; trial < 50; trial++) {
      int rows = 1 + random.nextInt(20);
      List<@Nullable Object> from = some(airports, rows, random);
      List<@Nullable Object> to = some(airports, rows, random);
      requireAsDefined(
          GetFeaturesRequest.newBuilder()
              .setFeatureService("delay_model")
              .setRequestId("trial " + trial)
              .addEntities(keys("origin", column("code", from)))
              .addEntities(keys("destination", column("code", to)))
              .addEntities(keys("route", column("destination", to), column("origin", from)))
              .addRequestValues(column("minutes", List.of(random.nextInt())))
              .build());
    }
  }

  /** So that what a large call needed is not kept for all the small ones. */
  @Test
  void saysHowMuchMemoryItKeeps() {
    Flights.publish(store, Flights.DEPARTURES);
    PreparedPlan prepared = model.references(List.of(new FeatureRef("airport", "flights_1d", 1)));
    int rows = 10_000;
    List<String> codes = IntStream.range(0, rows).mapToObj(Integer::toString).toList();
    GetFeaturesRequest request =
        GetFeaturesRequest.newBuilder().addEntities(keys("airport", column("code", codes))).build();
    FeatureQuery query = QueryReader.read(prepared, request, rows, batch);
    store.read(batch).toCompletableFuture().join();

    int reply =
        writer.write(query, batch, 0, true, model.fingerprintBytes(), RequestId.of("1")).size();

    int ofEntities = rows * (2 * Long.BYTES + 3 * Integer.BYTES);
    int ofRows = rows * (2 * Integer.BYTES + 1);
    assertThat(writer.room()).isBetween((long) reply + ofEntities + ofRows, 1L << 20);
  }

  private void requireAsDefined(GetFeaturesRequest request) throws InvalidProtocolBufferException {
    PreparedPlan prepared = model.service(request.getFeatureService());
    FeatureQuery query = QueryReader.read(prepared, request, 10_000, batch);
    store.read(batch).toCompletableFuture().join();
    RequestId id = RequestId.of(request.getRequestId());
    boolean named = !request.getOmitNames();
    byte[] written =
        writer
            .write(query, batch, Micros.of(Flights.NOW), named, model.fingerprintBytes(), id)
            .copy();

    List<GetFeaturesResponse> defined = new ArrayList<>();
    prepared
        .assemblers()
        .run(
            assembler ->
                defined.add(
                    new NaiveReply(
                            store, prepared.plan(), Micros.of(Flights.NOW), query.requestedMaxAge())
                        .of(
                            keys(prepared, request),
                            query.requestValues(),
                            assembler,
                            named,
                            "r1",
                            id.text())));
    assertThat(GetFeaturesResponse.parseFrom(written)).isEqualTo(defined.get(0));
    for (Status status : Status.values()) {
      assertThat(writer.count(status)).isEqualTo(count(defined.get(0), "STATUS_" + status));
    }
    assertThat(written).hasSize(defined.get(0).getSerializedSize());
  }

  private static long count(GetFeaturesResponse reply, String status) {
    return reply.getFeaturesList().stream()
        .flatMap(feature -> feature.getStatusesList().stream())
        .filter(found -> found.name().equals(status))
        .count();
  }

  /** The keys of each read and row, as a request has them. */
  private static List<List<@Nullable Bytes>> keys(
      PreparedPlan prepared, GetFeaturesRequest request) {
    List<List<@Nullable Bytes>> keys = new ArrayList<>();
    for (Read read : prepared.plan().reads()) {
      RoleKeys given =
          request.getEntitiesList().stream()
              .filter(role -> role.getRole().equals(read.role().name()))
              .findFirst()
              .orElseThrow();
      List<Field> fields = read.role().entity().keys();
      RequestColumns columns = RequestColumns.of("keys", given.getKeysList(), fields);
      List<DataType> types = fields.stream().map(Field::type).toList();
      List<@Nullable Bytes> ofRead = new ArrayList<>();
      for (int row = 0; row < columns.rows(0); row++) {
        List<@Nullable Object> key = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
          key.add(columns.value(i, row));
        }
        ofRead.add(key.contains(null) ? null : ValueBytes.of(types, key));
      }
      keys.add(ofRead);
    }
    return keys;
  }

  /** Users of every status: some without a record, gone, long ago, in flight. */
  private void fill(Random random) {
    for (long user = 0; user < USERS; user++) {
      List<Object> key = List.of(user);
      switch (random.nextInt(8)) {
        case 0 -> Flights.bury(store, Flights.EVERYTHING, key);
        case 1 -> Flights.put(store, Flights.EVERYTHING, key, LATE, LATE, values(random));
        case 2 ->
            Flights.put(
                store,
                Flights.EVERYTHING,
                key,
                LATE.minus(Duration.ofDays(random.nextInt(4))),
                LATE,
                values(random));
        case 3 ->
            Flights.put(
                store,
                Flights.EVERYTHING,
                key,
                Flights.REFRESH,
                Flights.REFRESH.plusMillis(1),
                values(random));
        default -> Flights.put(store, Flights.EVERYTHING, key, values(random));
      }
    }
    Flights.publish(store, Flights.views());
  }

  private static @Nullable Object[] values(Random random) {
    byte[] bytes = new byte[random.nextInt(4)];
    random.nextBytes(bytes);
    List<List<? extends @Nullable Object>> choices =
        List.of(
            Arrays.asList(true, false, null),
            Arrays.asList(Integer.MIN_VALUE, -1, 0, 1, Integer.MAX_VALUE, random.nextInt(), null),
            Arrays.asList(Long.MIN_VALUE, -1L, 0L, 64L, Long.MAX_VALUE, random.nextLong(), null),
            Arrays.asList(Float.NaN, 0f, -1.5f, Float.MAX_VALUE, null),
            Arrays.asList(Double.NaN, 0.0, Double.MIN_VALUE, random.nextGaussian(), null),
            Arrays.asList(new BigDecimal("-99999999.99"), new BigDecimal("0.00"), null),
            Arrays.asList("", "a", "\u00e9\ud83d\ude80", "x".repeat(random.nextInt(300)), null),
            Arrays.asList(Bytes.copyOf(bytes), Bytes.copyOf(new byte[200]), null),
            Arrays.asList(LocalDate.EPOCH, LocalDate.of(1, 1, 1), LocalDate.of(9999, 12, 31), null),
            Arrays.asList(Instant.EPOCH, Flights.NOW, Instant.parse("2256-01-01T00:00:00Z"), null),
            Arrays.asList(List.of(), Arrays.asList(1f, null, Float.NaN), null),
            Arrays.asList(List.of(Bytes.copyOf(bytes)), List.of(), null));
    int nulls = random.nextInt(2); // without any a record has no bitmap of them
    return choices.stream().map(some -> some.get(random.nextInt(some.size() - nulls))).toArray();
  }

  private static List<FeatureRef> references() {
    List<FeatureRef> references = new ArrayList<>();
    for (FeatureView.Feature feature : Flights.EVERYTHING.features()) {
      references.add(new FeatureRef("user", feature.name(), 1));
    }
    return references;
  }

  private static Map<FeatureRef, Object> defaults() {
    Map<FeatureRef, Object> defaults = new LinkedHashMap<>();
    Stream.of(true, 7, -7L, 1.5f, 0.0, new BigDecimal("2.50"), "none\u00e9")
        .forEach(
            value -> {
              FeatureRef ref = references().get(defaults.size());
              DataType type = Flights.EVERYTHING.features().get(defaults.size()).type();
              defaults.put(ref, CanonicalValue.of(type, value));
            });
    return defaults;
  }

  private static List<@Nullable Object> some(List<String> of, int count, Random random) {
    List<@Nullable Object> some = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      some.add(random.nextInt(10) == 0 ? null : of.get(random.nextInt(of.size())));
    }
    return some;
  }

  private static RoleKeys keys(String role, NamedColumn... columns) {
    return RoleKeys.newBuilder().setRole(role).addAllKeys(List.of(columns)).build();
  }

  private static NamedColumn column(String name, List<? extends @Nullable Object> values) {
    return NamedColumn.newBuilder().setName(name).setColumn(ColumnWriter.column(values)).build();
  }
}
