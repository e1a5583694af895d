package dev.plumbline.online;

import dev.plumbline.definition.Revision;
import dev.plumbline.definition.yaml.DefinitionLoader;
import dev.plumbline.registry.PublishedCatalog;
import dev.plumbline.serving.v1.Column;
import dev.plumbline.serving.v1.FeatureServingGrpc;
import dev.plumbline.serving.v1.GetFeaturesRequest;
import dev.plumbline.serving.v1.GetFeaturesResponse;
import dev.plumbline.serving.v1.Ints;
import dev.plumbline.serving.v1.NamedColumn;
import dev.plumbline.serving.v1.RoleKeys;
import dev.plumbline.serving.v1.Strings;
import dev.plumbline.store.InMemoryOnlineStore;
import dev.plumbline.store.OnlineRecord;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.OnlineStore.PublishedRevision;
import dev.plumbline.store.OnlineView;
import dev.plumbline.store.RedisAddress;
import dev.plumbline.store.RedisSettings;
import dev.plumbline.store.StoreUnavailableException;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.Marker;
import dev.plumbline.timeline.RowTime;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Micros;
import dev.plumbline.type.ValueBytes;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A server's start and one call, without a Redis. It is run where the image is built, by a virtual
 * machine that archives at its exit which classes were loaded (class data sharing), so that servers
 * start in half of the time.
 */
final class Rehearsal {
  private static final String PROJECT = "rehearsal";
  private static final String USER = "u";

  /** Nobody listens there. */
  private static final RedisAddress NO_REDIS = RedisAddress.parse("127.0.0.1:1");

  private static final Instant NOW = Instant.parse("2001-06-15T12:00:00Z");

  private static final String DEFINITIONS =
      """
      entity: user
      keys: [{name: id, type: string}]
      ---
      source: visits
      format: parquet
      path: visits.parquet
      event_time: at
      columns:
        - {name: id, type: string}
        - {name: at, type: timestamp}
        - {name: amount, type: double}
        - {name: title, type: string}
      ---
      feature_view: visit
      version: 1
      entity: user
      source: visits
      keys: {id: id}
      every: 1h
      max_age: 30d
      features:
        - {name: amount, expr: amount}
        - {name: title, expr: title}
        - {name: at, expr: at}
      ---
      on_demand_view: context
      version: 1
      inputs: [user:amount@1, user:title@1, user:at@1]
      request: [{name: minutes, type: int}]
      features:
        - {name: ratio, expr: "round(amount / nullif(minutes, 0), 3)"}
        - {name: hours, expr: minutes / 60.0}
        - {name: label, expr: "case when amount > 2 then upper(title) else concat_ws('-', title, cast(minutes as string)) end"}
        - {name: day, expr: "date_format(at, 'yyyy-MM-dd')"}
      ---
      feature_service: all
      features: [user:amount@1, user:title@1, context:ratio@1, context:hours@1, context:label@1, context:day@1]
      """;

  private Rehearsal() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    ServerClock clock = ServerClock.frozenAt(NOW);
    lookForRedis(clock);
    try (OnlineStore store = filled(clock);
        FeatureServer server =
            FeatureServer.start(FeatureServerSettings.local(PROJECT).withClock(clock), store)) {
      GetFeaturesResponse reply = ask(server.port());
      System.out.printf("rehearsed with %d features%n", reply.getFeaturesCount());
    }
  }

  /** The client of Redis is loaded by looking for one. */
  private static void lookForRedis(ServerClock clock) throws InterruptedException {
    try {
      new AwaitedRedis(NO_REDIS, RedisSettings.DEFAULT, 1, clock).await();
    } catch (StoreUnavailableException e) {
      // as it should be
    }
  }

  private static OnlineStore filled(ServerClock clock) {
    Revision revision =
        new DefinitionLoader(PROJECT).load(new TreeMap<>(Map.of("rehearsal.yaml", DEFINITIONS)));
    OnlineStore store = new InMemoryOnlineStore(clock);
    store.publishRevision(
        PROJECT, new PublishedRevision(PROJECT, PublishedCatalog.of(revision, view -> 1).write()));
    long now = Micros.of(NOW);
    revision
        .views()
        .values()
        .forEach(
            view -> {
              OnlineView online =
                  OnlineView.of(
                      PROJECT,
                      1,
                      view.entity(),
                      List.of(Primitive.STRING),
                      view.fields(),
                      view.timing());
              OnlineRecord record =
                  new OnlineRecord(
                      ValueBytes.of(List.of(Primitive.STRING), List.of(USER)),
                      new FeatureRow(new RowTime(now, now, now), List.of(1.5, NOW, "a visit")));
              Iterator<OnlineRecord> one = List.of(record).iterator();
              store.write(online, one);
              store.advance(online, store.marker(online), new Marker(now, now, now));
            });
    return store;
  }

  private static GetFeaturesResponse ask(int port) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    try {
      return FeatureServingGrpc.newBlockingStub(channel).getFeatures(request());
    } finally {
      channel.shutdownNow();
    }
  }

  private static GetFeaturesRequest request() {
    Column user = Column.newBuilder().setStrings(Strings.newBuilder().addValues(USER)).build();
    Column minutes = Column.newBuilder().setInts(Ints.newBuilder().addValues(90)).build();
    return GetFeaturesRequest.newBuilder()
        .setFeatureService("all")
        .addEntities(
            RoleKeys.newBuilder()
                .setRole("user")
                .addKeys(NamedColumn.newBuilder().setName("id").setColumn(user)))
        .addRequestValues(NamedColumn.newBuilder().setName("minutes").setColumn(minutes))
        .build();
  }
}
