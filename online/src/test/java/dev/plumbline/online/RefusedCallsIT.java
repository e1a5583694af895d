package dev.plumbline.online;

import static dev.plumbline.online.Flights.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.client.FeatureRequest;
import dev.plumbline.client.FeatureServerException;
import dev.plumbline.client.FeatureServerException.Code;
import dev.plumbline.client.PlumblineClient;
import dev.plumbline.serving.v1.Column;
import dev.plumbline.serving.v1.FeatureServingGrpc;
import dev.plumbline.serving.v1.GetFeaturesRequest;
import dev.plumbline.serving.v1.GetFeaturesResponse;
import dev.plumbline.serving.v1.NamedColumn;
import dev.plumbline.serving.v1.RoleKeys;
import dev.plumbline.serving.v1.Strings;
import dev.plumbline.store.InMemoryOnlineStore;
import dev.plumbline.wire.CallHeaders;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedCallsIT {
  private final InMemoryOnlineStore store = new InMemoryOnlineStore(() -> NOW);
  private TestingServer server;

  @BeforeAll
  void start() throws Exception {
    server = TestingServer.start(store);
    Flights.publish(store, Flights.DEPARTURES, Flights.ROUTE_DELAYS);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  static Stream<Arguments> invalid() {
    FeatureRequest flights = references("airport:flights_1d@1");
    FeatureRequest route = references("route:late_share_7d@1");
    FeatureRequest context =
        references("delay_context:later@1")
            .entities("origin", "code", List.of("a", "b"))
            .entities("route", keys(List.of("a", "b"), List.of("c", "d")));
    List<String> one = List.of("JFK");
    FeatureRequest fares = references("fares:with_flights@1").entities("airport", "code", one);
    return Stream.of(
        Arguments.of(
            references(),
            "features.references: is empty (expected: role:feature@version, at least one)"),
        Arguments.of(
            references("flights_1d"),
            "features.references[0]: 'flights_1d' (expected: role:feature@version)"),
        Arguments.of(
            references("airport:latitude@1", "airport:flights_1d"),
            "features.references[1]: 'airport:flights_1d' names no version (expected: role:feature@version; the newest is @2)"),
        Arguments.of(flights, "entities.airport: is missing (expected: keys [code string])"),
        Arguments.of(
            flights.entities("airprt", "code", one),
            "entities: unknown role 'airprt'; did you mean 'airport'?"),
        Arguments.of(
            flights.entities("airport", "kode", one),
            "entities.airport: unknown column 'kode'; did you mean 'code'?"),
        Arguments.of(
            flights.entities("airport", "code", one).entities("airport", "code", one),
            "entities.airport: is given twice; give it once"),
        Arguments.of(
            flights.entities("airport", "code", List.of(1L)),
            "entities.airport.code: has type bigint (expected: string)"),
        Arguments.of(
            flights.entities("airport", "code", List.of()),
            "entities.airport.code: has no rows (expected: 1 to 10000)"),
        Arguments.of(
            route.entities("route", "origin", one),
            "entities.route.destination: is missing (expected: string)"),
        Arguments.of(
            route.entities("route", keys(List.of("a", "b"), List.of("c"))),
            "entities.route.destination: has 1 rows (expected: 2, as many as entities.route.origin)"),
        Arguments.of(context, "request_values.minutes: is missing (expected: int)"),
        Arguments.of(
            context.requestValue("minutes", 30L),
            "request_values.minutes: has type bigint (expected: int)"),
        Arguments.of(
            context.requestValues("minutes", List.of(1, 2, 3)),
            "request_values.minutes: has 3 rows (expected: 1 or 2)"),
        Arguments.of(
            context.requestValue("minutes", 1).requestValue("minuets", 1),
            "request_values: unknown column 'minuets'; did you mean 'minutes'?"),
        Arguments.of(
            fares.requestValue("fare", new BigDecimal("123456789.01")),
            "request_values.fare: row 0: 123456789.01 has more than 10 digits (decimal(10,2)) (expected: decimal(10,2))"),
        Arguments.of(
            flights.entities("airport", "code", one).maxAge(Duration.ofSeconds(-1)),
            "max_age_micros: -1000000 (expected: 0 or more)"),
        Arguments.of(
            flights.entities("airport", "code", one).requestId("x".repeat(129)),
            "request_id: 129 bytes (expected: at most 128)"));
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void anInvalidRequestNamesItsFieldAndWhatWasExpected(FeatureRequest request, String message) {
    FeatureServerException refused = refused(request);

    assertThat(refused).hasMessage(message);
    assertThat(refused.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(refused.requestId()).isPresent();
  }

  static Stream<Arguments> unknown() {
    return Stream.of(
        Arguments.of(
            FeatureRequest.service("delay_modle"),
            "unknown feature service 'delay_modle'; did you mean 'delay_model'?"),
        Arguments.of(
            references("airport:flight_1d@1"),
            "unknown feature 'airport:flight_1d@1'; did you mean 'airport:flights_1d@1'?"),
        Arguments.of(
            references("airport:flights_1d@3"),
            "unknown feature 'airport:flights_1d@3'; did you mean 'airport:flights_1d@1'?"),
        Arguments.of(
            FeatureRequest.service("delay_model").registryRevision("r0"),
            "registry_revision: 'r0' is not served (expected: r1); name one of these, or none"),
        Arguments.of(
            references("airprot:flights_1d@1"),
            "unknown entity or on-demand view 'airprot'; did you mean 'airport'?"));
  }

  @ParameterizedTest
  @MethodSource("unknown")
  void anUnknownNameIsNotFoundAndTheLikelyOneIsTold(FeatureRequest request, String message) {
    FeatureServerException refused = refused(request);

    assertThat(refused).hasMessage(message);
    assertThat(refused.code()).isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void tooManyRowsAreRefusedBeforeAnythingIsRead() {
    FeatureRequest request =
        references("airport:flights_1d@1")
            .entities("airport", "code", Collections.nCopies(10_001, "JFK"));

    FeatureServerException refused = refused(request);

    assertThat(refused.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(refused)
        .hasMessage(
            "entities.airport.code: has 10001 rows (expected: at most 10000, --max-rows); send them in several calls");
  }

  @Test
  void tooManyReferencesAreRefused() {
    FeatureServerException refused =
        refused(FeatureRequest.references(Collections.nCopies(1_001, "airport:flights_1d@1")));

    assertThat(refused.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(refused)
        .hasMessage(
            "features.references: has 1001 references (expected: at most 1000, --max-references); send them in several calls");
  }

  @Test
  void aViewThatWasNeverPublishedIsUnavailableAndNotMissing() {
    FeatureRequest request =
        references("airport:flights_1d@1", "airport:flights_1d@2")
            .entities("airport", "code", List.of("JFK"));

    FeatureServerException refused = refused(request);

    assertThat(refused.code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(refused)
        .hasMessage(
            "view airport_departures@2 is not loaded into the online store; run `plumb materialize airport_departures@2`, or, if it was computed before, `plumb push airport_departures@2`");
  }

  /** A client that tries again by itself is told that this does not help. */
  @Test
  void whatSomebodyMustPutRightFirstIsNotAskedAgain() throws Exception {
    try (TestingServer another = TestingServer.start(store);
        PlumblineClient patient = PlumblineClient.connect(another.target())) {
      FeatureRequest unloaded =
          references("airport:flights_1d@2").entities("airport", "code", List.of("JFK"));

      catchThrowableOfType(FeatureServerException.class, () -> patient.get(unloaded));

      another.awaitCounted("UNAVAILABLE", 1);
    }
  }

  /** The client does not make these. */
  static Stream<Arguments> crooked() {
    NamedColumn code =
        NamedColumn.newBuilder()
            .setName("code")
            .setColumn(Column.newBuilder().setStrings(Strings.newBuilder().addValues("JFK")))
            .build();
    NamedColumn contradicting =
        code.toBuilder().setColumn(code.getColumn().toBuilder().addAbsent(3)).build();
    return Stream.of(
        Arguments.of(
            GetFeaturesRequest.getDefaultInstance(),
            "what: is not set (expected: feature_service, or features with references)"),
        Arguments.of(flightsOf(code, code), "entities.airport.code: is given twice; give it once"),
        Arguments.of(
            flightsOf(contradicting),
            "entities.airport.code: contradicts itself: absent row 3 of 1 (expected: ascending rows from 0)"));
  }

  private static GetFeaturesRequest flightsOf(NamedColumn... keys) {
    return references("airport:flights_1d@1").message().toBuilder()
        .addEntities(RoleKeys.newBuilder().setRole("airport").addAllKeys(List.of(keys)))
        .build();
  }

  @ParameterizedTest
  @MethodSource("crooked")
  void aRequestThatContradictsItselfIsInvalid(GetFeaturesRequest request, String message) {
    ManagedChannel channel = NettyChannelBuilder.forTarget(server.target()).usePlaintext().build();
    try {
      StatusRuntimeException refused =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () -> FeatureServingGrpc.newBlockingStub(channel).getFeatures(request));

      assertThat(refused.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.INVALID_ARGUMENT);
      assertThat(refused.getStatus().getDescription()).isEqualTo(message);
    } finally {
      channel.shutdownNow();
    }
  }

  /** In a header it takes nine bytes for each of its characters. */
  @Test
  void aLongMessageInAnyScriptIsShortenedAndArrives() {
    FeatureServerException refused = refused(FeatureRequest.service("\u65e5".repeat(2_000)));

    assertThat(refused.code()).isEqualTo(Code.NOT_FOUND);
    assertThat(refused)
        .hasMessageStartingWith("unknown feature service '\u65e5\u65e5")
        .hasMessageEndingWith("\u65e5...");
  }

  @Test
  void bytesThatAreNoRequestAreInvalid() {
    ManagedChannel channel = NettyChannelBuilder.forTarget(server.target()).usePlaintext().build();
    MethodDescriptor<InputStream, GetFeaturesResponse> bytes =
        FeatureServingGrpc.getGetFeaturesMethod().toBuilder(
                new Bytes(), FeatureServingGrpc.getGetFeaturesMethod().getResponseMarshaller())
            .build();
    try {
      StatusRuntimeException refused =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () ->
                  ClientCalls.blockingUnaryCall(
                      channel,
                      bytes,
                      CallOptions.DEFAULT,
                      new ByteArrayInputStream(new byte[] {-1, -1, -1})));

      assertThat(refused.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.INVALID_ARGUMENT);
      assertThat(refused).hasMessageContaining("request: its bytes are no GetFeaturesRequest");
      assertThat(refused.getTrailers().get(CallHeaders.REQUEST_ID)).isNotEmpty();
    } finally {
      channel.shutdownNow();
    }
  }

  /** What is sent as it is. */
  private static final class Bytes implements MethodDescriptor.Marshaller<InputStream> {
    @Override
    public InputStream stream(InputStream value) {
      return value;
    }

    @Override
    public InputStream parse(InputStream stream) {
      return stream;
    }
  }

  private FeatureServerException refused(FeatureRequest request) {
    return catchThrowableOfType(FeatureServerException.class, () -> server.client().get(request));
  }

  private static FeatureRequest references(String... references) {
    return FeatureRequest.references(List.of(references));
  }

  private static Map<String, List<String>> keys(List<String> origins, List<String> destinations) {
    return Map.of("origin", origins, "destination", destinations);
  }
}
