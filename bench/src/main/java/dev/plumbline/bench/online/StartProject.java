package dev.plumbline.bench.online;

import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.yaml.DefinitionLoader;
import dev.plumbline.offline.push.RevisionPublisher;
import dev.plumbline.registry.MetadataDatabase;
import dev.plumbline.registry.RevisionRegistry;
import dev.plumbline.store.OnlineRecord;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.OnlineView;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import dev.plumbline.type.ValueBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A project that a server is started on: definitions, and {@value #ENTITIES} entities of each view
 * whose keys are texts.
 *
 * @param name of the project
 * @param definitions by file
 * @param service that is asked for
 */
record StartProject(String name, SortedMap<String, String> definitions, String service) {
  static final int ENTITIES = 1_000;

  private static final int COMPUTED = 50;

  /** The definitions of the checkout's example, with two on-demand features. */
  static StartProject flights(Path checkout) {
    SortedMap<String, String> definitions = new TreeMap<>();
    try (Stream<Path> files = Files.list(checkout.resolve("definitions/flights"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".yaml")).toList()) {
        definitions.put(file.getFileName().toString(), Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new StartProject("flights", definitions, "delay_model");
  }

  /** One view, and fifty on-demand features, no two alike. */
  static StartProject onDemand() {
    String definitions =
        """
        entity: user
        keys: [{name: id, type: string}]
        ---
        source: profiles
        format: parquet
        path: profiles.parquet
        event_time: at
        columns:
          - {name: id, type: string}
          - {name: at, type: timestamp}
          - {name: score, type: double}
          - {name: title, type: string}
        ---
        feature_view: profile
        version: 1
        entity: user
        source: profiles
        keys: {id: id}
        every: 1h
        max_age: 30d
        features: [{name: score, expr: score}, {name: title, expr: title}]
        ---
        on_demand_view: computed
        version: 1
        inputs: [user:score@1, user:title@1]
        request: [{name: amount, type: double}]
        features: [%s]
        ---
        feature_service: all
        features: [%s]
        """
            .formatted(
                computed(StartProject::feature), computed(i -> "'computed:feature_" + i + "@1'"));
    return new StartProject(
        "on-demand", new TreeMap<>(Map.of("definitions.yaml", definitions)), "all");
  }

  private static String computed(IntFunction<String> each) {
    return IntStream.range(0, COMPUTED).mapToObj(each).collect(Collectors.joining(", "));
  }

  private static String feature(int i) {
    String expression =
        switch (i % 4) {
          case 0 -> "coalesce(score, 0) * %d + amount";
          case 1 -> "case when score > %d then upper(title) else concat(title, '-%1$d') end";
          case 2 -> "round(log10(abs(amount) + %d) / nullif(score, 0), 3)";
          default -> "sha2(concat_ws(',', title, cast(score as string), '%d'), 256)";
        };
    return "{name: feature_%d, expr: \"%s\"}".formatted(i, expression.formatted(i));
  }

  /** Publishes the revision, a record of each view and entity, and the markers. */
  void publish(Path folder, OnlineStore store, InstantSource clock) {
    Revision revision = new DefinitionLoader(name).load(definitions);
    RevisionRegistry registry =
        new RevisionRegistry(MetadataDatabase.open(folder.resolve(name + ".db")), name, clock);
    registry.apply(revision);
    new RevisionPublisher(name, store, registry).publish();
    Times times = Times.before(clock.instant());
    revision
        .views()
        .forEach(
            (id, view) -> {
              Entity entity = revision.entity(view.entity());
              OnlineView online =
                  OnlineView.of(
                      name,
                      registry.shortId(id),
                      view.entity(),
                      entity.keys().stream().map(Field::type).toList(),
                      view.fields(),
                      view.timing());
              store.write(
                  online,
                  IntStream.range(0, ENTITIES)
                      .mapToObj(i -> record(i, entity, view, times))
                      .iterator());
              store.advance(online, store.marker(online), times.marker());
            });
  }

  private static OnlineRecord record(int i, Entity entity, FeatureView view, Times times) {
    List<DataType> types = entity.keys().stream().map(Field::type).toList();
    List<Object> keys = new ArrayList<>();
    types.forEach(type -> keys.add(key(i)));
    return new OnlineRecord(
        ValueBytes.of(types, keys),
        new FeatureRow(
            times.row(false),
            view.fields().stream().map(field -> value(field.type(), i)).toList()));
  }

  /** The key, or each part of it, of an entity. */
  static String key(int entity) {
    return "K" + entity;
  }

  private static Object value(DataType type, int i) {
    if (type == Primitive.BIGINT) {
      return (long) i;
    }
    if (type == Primitive.INT) {
      return i;
    }
    if (type == Primitive.DOUBLE) {
      return i / 7.0;
    }
    if (type == Primitive.STRING) {
      return "text " + i;
    }
    throw new IllegalArgumentException(
        "a feature of type %s (expected: bigint, int, double or string)".formatted(type));
  }
}
