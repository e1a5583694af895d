package dev.plumbline.online;

import static dev.plumbline.online.Flights.DELAYS;
import static dev.plumbline.online.Flights.DEPARTURES;
import static dev.plumbline.online.Flights.NOW;
import static dev.plumbline.online.Flights.REFRESH;
import static dev.plumbline.online.Flights.ROUTE_DELAYS;
import static dev.plumbline.online.Flights.publish;
import static dev.plumbline.online.Flights.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.serving.v1.FeatureServingGrpc;
import dev.plumbline.serving.v1.FeatureServingGrpc.FeatureServingBlockingStub;
import dev.plumbline.serving.v1.GetFeaturesRequest;
import dev.plumbline.serving.v1.GetFeaturesResponse;
import dev.plumbline.serving.v1.NamedColumn;
import dev.plumbline.serving.v1.RoleKeys;
import dev.plumbline.serving.v1.Status;
import dev.plumbline.store.InMemoryOnlineStore;
import dev.plumbline.type.Micros;
import dev.plumbline.wire.ColumnReader;
import dev.plumbline.wire.ColumnWriter;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeatureServerIT {
  private final InMemoryOnlineStore store = new InMemoryOnlineStore(() -> NOW);
  private FeatureServer server;
  private ManagedChannel channel;
  private FeatureServingBlockingStub stub;

  @BeforeEach
  void start() throws Exception {
    store.publishRevision(Flights.PROJECT, Flights.published("r1", Flights.revision()));
    server =
        FeatureServer.start(
            FeatureServerSettings.local(Flights.PROJECT).withClock(ServerClock.frozenAt(NOW)),
            store);
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
    stub = FeatureServingGrpc.newBlockingStub(channel);
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.close();
  }

  @Test
  void answersAServiceByRole() {
    publish(store, DELAYS, DEPARTURES, ROUTE_DELAYS);
    put(store, DELAYS, List.of("JFK"), 0.25);
    put(store, DEPARTURES, List.of("JFK"), 7L);
    put(store, ROUTE_DELAYS, List.of("JFK", "ATL"), 0.5);

    GetFeaturesResponse reply =
        stub.getFeatures(
            GetFeaturesRequest.newBuilder()
                .setFeatureService("delay_model")
                .addEntities(keys("origin", column("code", "JFK")))
                .addEntities(keys("destination", column("code", "ATL")))
                .addEntities(keys("route", column("destination", "ATL"), column("origin", "JFK")))
                .addRequestValues(column("minutes", 30))
                .setRequestId("mine")
                .build());

    assertThat(reply.getFeaturesList())
        .extracting(
            f -> f.getName(), f -> f.getStatuses(0), f -> ColumnReader.of(f.getColumn()).get(0))
        .containsExactly(
            tuple("origin:late_share_7d@1", Status.STATUS_PRESENT, 0.25),
            tuple("origin:flights_1d@1", Status.STATUS_PRESENT, 7L),
            tuple("destination:flights_1d@1", Status.STATUS_MISSING, 0L),
            tuple("delay_context:late_ratio@1", Status.STATUS_PRESENT, 0.5),
            tuple("delay_context:later@1", Status.STATUS_PRESENT, 30.25));
    assertThat(reply.getServedAtMicros()).isEqualTo(Micros.of(NOW));
    assertThat(reply.getRegistryRevision()).isEqualTo("r1");
    assertThat(reply.getRequestId()).isEqualTo("mine");
    assertThat(reply.getViews(0).getEventTimeMicros(0)).isEqualTo(Micros.of(REFRESH));
  }

  private static org.assertj.core.groups.Tuple tuple(Object... values) {
    return org.assertj.core.groups.Tuple.tuple(values);
  }

  private static RoleKeys keys(String role, NamedColumn... keys) {
    return RoleKeys.newBuilder().setRole(role).addAllKeys(List.of(keys)).build();
  }

  private static NamedColumn column(String name, Object... values) {
    return NamedColumn.newBuilder()
        .setName(name)
        .setColumn(ColumnWriter.column(Arrays.asList(values)))
        .build();
  }
}
