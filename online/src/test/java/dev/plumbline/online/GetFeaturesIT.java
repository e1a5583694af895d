package dev.plumbline.online;

import static dev.plumbline.online.Flights.DELAYS;
import static dev.plumbline.online.Flights.DEPARTURES;
import static dev.plumbline.online.Flights.DEPARTURES_2;
import static dev.plumbline.online.Flights.EVERYTHING;
import static dev.plumbline.online.Flights.NOW;
import static dev.plumbline.online.Flights.PLACE;
import static dev.plumbline.online.Flights.REFRESH;
import static dev.plumbline.online.Flights.ROUTE_DELAYS;
import static dev.plumbline.online.Flights.TOTAL;
import static dev.plumbline.online.Flights.bury;
import static dev.plumbline.online.Flights.publish;
import static dev.plumbline.online.Flights.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.client.FeatureRequest;
import dev.plumbline.client.FeatureVectors;
import dev.plumbline.client.FeatureVectors.Entity;
import dev.plumbline.client.FeatureVectors.Feature;
import dev.plumbline.client.FeatureVectors.Publication;
import dev.plumbline.client.Status;
import dev.plumbline.store.InMemoryOnlineStore;
import dev.plumbline.type.Bytes;
import dev.plumbline.type.DataType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Each test uses airports of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GetFeaturesIT {
  private static final String FLIGHTS = "airport:flights_1d@1";
  private static final String LATITUDE = "airport:latitude@1";

  private final RecordingStore store = new RecordingStore(new InMemoryOnlineStore(() -> NOW));
  private TestingServer server;

  @BeforeAll
  void start() throws Exception {
    server = TestingServer.start(store);
    publish(store, Flights.views());
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void answersAServiceByRole() {
    put(store, DELAYS, List.of("JFK"), 0.25);
    put(store, DEPARTURES, List.of("JFK"), 7L);
    put(store, ROUTE_DELAYS, List.of("JFK", "ATL"), 0.5);

    FeatureVectors vectors =
        server
            .client()
            .get(
                FeatureRequest.service("delay_model")
                    .entities("origin", "code", List.of("JFK"))
                    .entities("destination", "code", List.of("ATL"))
                    .entities(
                        "route", Map.of("destination", List.of("ATL"), "origin", List.of("JFK")))
                    .requestValue("minutes", 30)
                    .requestId("mine"));

    assertThat(vectors.features())
        .extracting(Feature::name, f -> f.statuses().get(0), f -> f.values().get(0))
        .containsExactly(
            tuple("origin:late_share_7d@1", Status.PRESENT, 0.25),
            tuple("origin:flights_1d@1", Status.PRESENT, 7L),
            tuple("destination:flights_1d@1", Status.MISSING, 0L),
            tuple("delay_context:late_ratio@1", Status.PRESENT, 0.5),
            tuple("delay_context:later@1", Status.PRESENT, 30.25));
    assertThat(vectors.registryRevision()).isEqualTo("r1");
    assertThat(vectors.requestId()).isEqualTo("mine");
    assertThat(vectors.servedAt()).isEqualTo(NOW);
    assertThat(vectors.now()).contains(NOW);
  }

  @Test
  void tellsStatusesApart() {
    put(store, DEPARTURES, List.of("s1"), 1L);
    put(store, DEPARTURES, List.of("s2"), (Object) null);
    bury(store, DEPARTURES, List.of("s3"));

    Feature flights = airports(FLIGHTS, "s1", "s2", "s3", "nowhere", null);

    assertThat(flights.statuses())
        .containsExactly(
            Status.PRESENT, Status.NULL, Status.MISSING, Status.MISSING, Status.MISSING);
    assertThat(flights.values()).containsExactly(1L, null, null, null, null);
  }

  @Test
  void aSourceRowExpiresAndIsForgottenByItsOwnTime() {
    put(store, PLACE, List.of("e1"), NOW.minus(Duration.ofDays(2)), REFRESH, 1.0);
    put(store, PLACE, List.of("e2"), NOW.minus(Duration.ofDays(2)).minusMillis(1), REFRESH, 1.0);
    put(store, PLACE, List.of("e3"), NOW.minus(Duration.ofDays(4)), REFRESH, 1.0);
    put(store, PLACE, List.of("e4"), NOW.minus(Duration.ofDays(4)).minusMillis(1), REFRESH, 1.0);

    Feature latitude = airports(LATITUDE, "e1", "e2", "e3", "e4");

    assertThat(latitude.statuses())
        .containsExactly(Status.PRESENT, Status.EXPIRED, Status.EXPIRED, Status.MISSING);
  }

  @Test
  void aWindowedRowHoldsUntilTheNewestRefresh() {
    Instant longAgo = REFRESH.minus(Duration.ofDays(30));
    put(store, DEPARTURES, List.of("w1"), longAgo, longAgo, 1L);

    FeatureVectors vectors = get(references(FLIGHTS), "w1");

    assertThat(vectors.feature(FLIGHTS).statuses()).containsExactly(Status.PRESENT);
    assertThat(vectors.views().get(0).entities())
        .containsExactly(
            new Entity(
                Status.PRESENT,
                Optional.of(longAgo),
                Optional.of(Duration.between(REFRESH, NOW)),
                false));
    assertThat(vectors.views().get(0).publication())
        .isEqualTo(new Publication(REFRESH, REFRESH, REFRESH.plusSeconds(600)));
  }

  @Test
  void aCallerMayAskForFresherValues() {
    put(store, DEPARTURES, List.of("f1"), 1L);

    FeatureRequest request = references(FLIGHTS).maxAge(Duration.ofMinutes(29));

    assertThat(get(request, "f1").feature(FLIGHTS).statuses()).containsExactly(Status.EXPIRED);
    assertThat(get(request.maxAge(Duration.ofMinutes(30)), "f1").feature(FLIGHTS).statuses())
        .containsExactly(Status.PRESENT);
  }

  @Test
  void marksARecordNewerThanThePublicationAsInFlight() {
    put(store, DEPARTURES, List.of("i1"), REFRESH, REFRESH.plusMillis(1), 1L);
    put(store, DEPARTURES, List.of("i2"), REFRESH, REFRESH, 1L);

    FeatureVectors vectors = get(references(FLIGHTS), "i2", "i1");

    assertThat(vectors.views().get(0).entities())
        .extracting(Entity::inFlight)
        .containsExactly(false, true);
  }

  @Test
  void theInstantIsThatOfTheNewestPublicationIfTheClockIsBehind() {
    Instant later = NOW.plus(Duration.ofMinutes(5));
    put(store, TOTAL, List.of(), 99L);
    publish(store, TOTAL, REFRESH, later);

    FeatureVectors vectors = server.client().get(references("world:flights_1d@1"));

    assertThat(vectors.servedAt()).isEqualTo(later);
    assertThat(vectors.feature("world:flights_1d@1").values()).containsExactly(99L);
    assertThat(vectors.views().get(0).entities().get(0).age())
        .contains(Duration.between(REFRESH, later));
  }

  @Test
  void aGlobalRecordIsTheSameForEveryRow() {
    put(store, TOTAL, List.of(), 99L);

    FeatureVectors vectors = get(references("world:flights_1d@1", FLIGHTS), "g1", "g2");

    assertThat(vectors.feature("world:flights_1d@1").values()).containsExactly(99L, 99L);
  }

  @Test
  void servesTwoVersionsInOneRequest() {
    put(store, DEPARTURES, List.of("v1"), 1L);
    put(store, DEPARTURES_2, List.of("v1"), 2L);

    FeatureVectors vectors = get(references(FLIGHTS, "airport:flights_1d@2"), "v1");

    assertThat(vectors.features())
        .extracting(Feature::name, Feature::values)
        .containsExactly(tuple(FLIGHTS, List.of(1L)), tuple("airport:flights_1d@2", List.of(2L)));
  }

  @Test
  void looksUpEachEntityOfAViewOnceForAllRowsAndRoles() {
    put(store, DEPARTURES, List.of("d1"), 1L);
    put(store, DEPARTURES, List.of("d2"), 2L);
    store.forget();

    FeatureVectors vectors =
        server
            .client()
            .get(
                FeatureRequest.service("delay_model")
                    .entities("origin", "code", List.of("d1", "d2", "d1"))
                    .entities("destination", "code", List.of("d2", "d2", "d1"))
                    .entities(
                        "route",
                        Map.of(
                            "origin", Collections.nCopies(3, "d1"),
                            "destination", Collections.nCopies(3, "d2")))
                    .requestValues("minutes", List.of(1, 2, 3)));

    // two airports in each of two views, and one route
    assertThat(store.reads()).containsExactly(5);
    assertThat(vectors.feature("origin:flights_1d@1").values()).containsExactly(1L, 2L, 1L);
    assertThat(vectors.feature("destination:flights_1d@1").values()).containsExactly(2L, 2L, 1L);
  }

  @Test
  void anOnDemandFeatureHasTheStatusOfItsWorstInputOrIsInvalid() {
    put(store, DELAYS, List.of("o1"), 0.5);
    put(store, ROUTE_DELAYS, List.of("o1", "x"), 0.0);
    put(store, ROUTE_DELAYS, List.of("o1", "y"), (Object) null);

    Feature ratio =
        server
            .client()
            .get(
                references("delay_context:late_ratio@1")
                    .entities("origin", "code", List.of("o1", "o1", "o1"))
                    .entities(
                        "route",
                        Map.of(
                            "origin", List.of("o1", "o1", "o1"),
                            "destination", List.of("x", "y", "z")))
                    .requestValue("minutes", null))
            .feature("delay_context:late_ratio@1");

    assertThat(ratio.statuses()).containsExactly(Status.INVALID, Status.NULL, Status.MISSING);
    assertThat(ratio.view()).isEmpty();
  }

  @Test
  void valuesOfEveryTypeArriveAsTheyWereStored() {
    List<Object> values =
        List.of(
            true,
            Integer.MIN_VALUE,
            Long.MAX_VALUE,
            Float.NaN,
            -1e300,
            new BigDecimal("-12345678.90"),
            "Zürich ✈",
            Bytes.copyOf(new byte[] {0, -1}),
            LocalDate.of(1969, 12, 31),
            Instant.parse("1969-12-31T23:59:59.999999Z"),
            Arrays.asList(1f, null, 3f),
            List.of(Bytes.copyOf(new byte[] {7})));
    put(store, EVERYTHING, List.of(1L), NOW, REFRESH, values.toArray());

    List<String> names =
        EVERYTHING.features().stream().map(f -> "user:" + f.name() + "@1").toList();
    FeatureVectors vectors =
        server
            .client()
            .get(FeatureRequest.references(names).entities("user", "id", List.of(1L, 2L)));

    assertThat(vectors.features())
        .extracting(Feature::type)
        .isEqualTo(EVERYTHING.fields().stream().map(f -> f.type().toString()).toList());
    assertThat(vectors.features())
        .extracting(f -> f.statuses().get(1))
        .containsOnly(Status.MISSING);
    assertThat(vectors.features())
        .extracting(f -> WireValues.toCanonical(DataType.parse(f.type()), f.values().get(0)))
        .isEqualTo(values);
  }

  @Test
  void answersTenThousandRows() {
    put(store, DEPARTURES, List.of("a7"), 7L);
    String[] codes = IntStream.range(0, 10_000).mapToObj(i -> "a" + i).toArray(String[]::new);

    Feature flights = airports(FLIGHTS, codes);

    assertThat(flights.values()).hasSize(10_000);
    assertThat(flights.values().get(7)).isEqualTo(7L);
  }

  private Feature airports(String reference, String... codes) {
    return get(references(reference), codes).feature(reference);
  }

  private FeatureVectors get(FeatureRequest request, String... codes) {
    return server.client().get(request.entities("airport", "code", Arrays.asList(codes)));
  }

  private static FeatureRequest references(String... references) {
    return FeatureRequest.references(List.of(references));
  }

  private static Tuple tuple(Object... values) {
    return Tuple.tuple(values);
  }
}
