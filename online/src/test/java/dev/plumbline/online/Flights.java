package dev.plumbline.online;

import dev.plumbline.definition.About;
import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.FeatureService;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.OnDemandView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.Window;
import dev.plumbline.registry.PublishedCatalog;
import dev.plumbline.store.OnlineRecord;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.OnlineStore.PublishedRevision;
import dev.plumbline.store.OnlineView;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.Marker;
import dev.plumbline.timeline.RowTime;
import dev.plumbline.timeline.ViewTiming;
import dev.plumbline.timeline.ViewTiming.Shape;
import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import dev.plumbline.type.Micros;
import dev.plumbline.type.ValueBytes;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** A small project to serve: airports, routes, one global record, and a view of every type. */
final class Flights {
  static final Instant NOW = Instant.parse("2001-02-03T10:30:00Z");
  static final Instant REFRESH = Instant.parse("2001-02-03T10:00:00Z");
  static final String PROJECT = "flights";

  static final Entity AIRPORT = new Entity("airport", List.of(field("code", Primitive.STRING)));
  static final Entity ROUTE =
      new Entity(
          "route",
          List.of(field("origin", Primitive.STRING), field("destination", Primitive.STRING)));
  static final Entity WORLD = new Entity("world", List.of());
  static final Entity USER = new Entity("user", List.of(field("id", Primitive.BIGINT)));

  static final FeatureView DEPARTURES =
      windowed("airport_departures", 1, AIRPORT, field("flights_1d", Primitive.BIGINT));
  static final FeatureView DEPARTURES_2 =
      windowed("airport_departures", 2, AIRPORT, field("flights_1d", Primitive.BIGINT));
  static final FeatureView DELAYS =
      windowed("airport_delays", 1, AIRPORT, field("late_share_7d", Primitive.DOUBLE));
  static final FeatureView ROUTE_DELAYS =
      windowed("route_delays", 1, ROUTE, field("late_share_7d", Primitive.DOUBLE));
  static final FeatureView PLACE =
      row("airport_place", AIRPORT, List.of(field("latitude", Primitive.DOUBLE)));
  static final FeatureView TOTAL =
      windowed("world_total", 1, WORLD, field("flights_1d", Primitive.BIGINT));
  static final FeatureView EVERYTHING = row("everything", USER, everyType());

  static final OnDemandView CONTEXT =
      new OnDemandView(
          new ViewId("delay_context", 1),
          Map.of("origin", "airport", "route", "route"),
          List.of(
              new FeatureRef("origin", "late_share_7d", 1),
              new FeatureRef("route", "late_share_7d", 1)),
          List.of(field("minutes", Primitive.INT)),
          OnDemandView.OnMissing.PROPAGATE,
          List.of(
              new OnDemandView.Feature(
                  "late_ratio",
                  "origin.late_share_7d / route.late_share_7d",
                  Primitive.DOUBLE,
                  About.NOTHING),
              new OnDemandView.Feature(
                  "later", "origin.late_share_7d + minutes", Primitive.DOUBLE, About.NOTHING)));

  static final OnDemandView FARES =
      new OnDemandView(
          new ViewId("fares", 1),
          Map.of("airport", "airport"),
          List.of(new FeatureRef("airport", "flights_1d", 1)),
          List.of(field("fare", DataType.parse("decimal(10,2)"))),
          OnDemandView.OnMissing.PROPAGATE,
          List.of(
              new OnDemandView.Feature(
                  "with_flights",
                  "cast(fare as double) + airport.flights_1d",
                  Primitive.DOUBLE,
                  About.NOTHING)));

  static final FeatureService DELAY_MODEL =
      new FeatureService(
          "delay_model",
          roles("origin", "airport", "destination", "airport", "route", "route"),
          List.of(
              new FeatureRef("origin", "late_share_7d", 1),
              new FeatureRef("origin", "flights_1d", 1),
              new FeatureRef("destination", "flights_1d", 1),
              new FeatureRef("delay_context", "late_ratio", 1),
              new FeatureRef("delay_context", "later", 1)),
          Map.of(new FeatureRef("destination", "flights_1d", 1), 0L));

  private Flights() {}

  static Revision revision() {
    return revision(DELAY_MODEL);
  }

  static Revision revision(FeatureService... services) {
    return new Revision(
        PROJECT,
        by(Entity::name, List.of(AIRPORT, ROUTE, WORLD, USER)),
        new TreeMap<>(),
        by(FeatureView::id, List.of(VIEWS)),
        by(OnDemandView::id, List.of(CONTEXT, FARES)),
        by(FeatureService::name, List.of(services)),
        new TreeMap<>());
  }

  private static final FeatureView[] VIEWS = {
    DEPARTURES, DEPARTURES_2, DELAYS, ROUTE_DELAYS, PLACE, TOTAL, EVERYTHING
  };

  static PublishedRevision published(String fingerprint, Revision revision) {
    return new PublishedRevision(
        fingerprint, PublishedCatalog.of(revision, Flights::shortId).write());
  }

  private static int shortId(ViewId view) {
    return Stream.of(VIEWS).map(FeatureView::id).toList().indexOf(view) + 1;
  }

  static OnlineView online(FeatureView view) {
    Entity entity =
        Stream.of(AIRPORT, ROUTE, WORLD, USER)
            .filter(e -> e.name().equals(view.entity()))
            .findFirst()
            .orElseThrow();
    return OnlineView.of(
        PROJECT, shortId(view.id()), view.entity(), types(entity), view.fields(), view.timing());
  }

  static List<DataType> types(Entity entity) {
    return entity.keys().stream().map(Field::type).toList();
  }

  /** A row as the refresh of {@link #REFRESH} wrote it. */
  static void put(OnlineStore store, FeatureView view, List<?> key, Object... values) {
    put(store, view, key, REFRESH, REFRESH, values);
  }

  static void put(
      OnlineStore store,
      FeatureView view,
      List<?> key,
      Instant eventTime,
      Instant createdAt,
      Object... values) {
    write(store, view, key, new FeatureRow(time(eventTime, createdAt), Arrays.asList(values)));
  }

  static void bury(OnlineStore store, FeatureView view, List<?> key) {
    write(store, view, key, FeatureRow.tombstone(time(REFRESH, REFRESH)));
  }

  private static RowTime time(Instant eventTime, Instant createdAt) {
    return new RowTime(Micros.of(eventTime), Micros.of(eventTime), Micros.of(createdAt));
  }

  private static void write(OnlineStore store, FeatureView view, List<?> key, FeatureRow row) {
    OnlineView online = online(view);
    store.write(online, List.of(new OnlineRecord(ValueBytes.of(online.keyTypes(), key), row)));
  }

  /** A publication of the refresh of {@link #REFRESH}. */
  static void publish(OnlineStore store, FeatureView... views) {
    for (FeatureView view : views) {
      publish(store, view, REFRESH, REFRESH.plusSeconds(600));
    }
  }

  static void publish(OnlineStore store, FeatureView view, Instant refresh, Instant publishedAt) {
    OnlineView online = online(view);
    Marker marker = new Marker(Micros.of(refresh), Micros.of(refresh), Micros.of(publishedAt));
    store.advance(online, store.marker(online), marker);
  }

  static FeatureView[] views() {
    return VIEWS.clone();
  }

  private static List<Field> everyType() {
    return Stream.of(
            "boolean",
            "int",
            "bigint",
            "float",
            "double",
            "decimal(10,2)",
            "string",
            "binary",
            "date",
            "timestamp",
            "array<float>",
            "array<binary>")
        .map(type -> field("a_" + type.replaceAll("[^a-z]+", "_"), DataType.parse(type)))
        .toList();
  }

  private static Field field(String name, DataType type) {
    return new Field(name, type);
  }

  private static FeatureView windowed(String name, int version, Entity entity, Field field) {
    return view(name, version, entity, Shape.WINDOWED, List.of(field));
  }

  private static FeatureView row(String name, Entity entity, List<Field> fields) {
    return view(name, 1, entity, Shape.ROW, fields);
  }

  private static FeatureView view(
      String name, int version, Entity entity, Shape shape, List<Field> fields) {
    Optional<Window> window =
        shape == Shape.WINDOWED
            ? Optional.of(new Window.Last(Duration.ofDays(1)))
            : Optional.empty();
    return new FeatureView(
        new ViewId(name, version),
        entity.name(),
        "source",
        Map.of(),
        new ViewTiming(
            shape, Duration.ofHours(1), Duration.ofMinutes(10), Optional.of(Duration.ofDays(2))),
        About.NOTHING,
        fields.stream()
            .map(f -> new FeatureView.Feature(f.name(), "x", window, f.type(), About.NOTHING))
            .toList());
  }

  private static Map<String, String> roles(String... pairs) {
    Map<String, String> roles = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      roles.put(pairs[i], pairs[i + 1]);
    }
    return roles;
  }

  private static <K, V> SortedMap<K, V> by(Function<V, K> key, List<V> values) {
    SortedMap<K, V> map = new TreeMap<>();
    values.forEach(value -> map.put(key.apply(value), value));
    return map;
  }
}
