package dev.plumbline.bench.online;

import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.yaml.DefinitionLoader;
import dev.plumbline.offline.push.RevisionPublisher;
import dev.plumbline.registry.MetadataDatabase;
import dev.plumbline.registry.RevisionRegistry;
import dev.plumbline.store.OnlineRecord;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.OnlineView;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.type.DataType;
import dev.plumbline.type.Field;
import dev.plumbline.type.ValueBytes;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A project whose views are row views of one entity: definitions that are read and applied, records
 * and markers as a push writes them, and the revision that servers read. Only what Spark would have
 * computed is made up.
 */
final class ServedProject {
  static final String NAME = "bench";
  static final String ENTITY = "user";
  static final String KEY = "id";
  private static final List<DataType> KEY_TYPES = List.of(DataType.Primitive.BIGINT);

  private final Revision revision;
  private final RevisionRegistry registry;
  private final OnlineStore store;

  private ServedProject(Revision revision, RevisionRegistry registry, OnlineStore store) {
    this.revision = revision;
    this.registry = registry;
    this.store = store;
  }

  /**
   * Reads the definitions, applies and publishes them.
   *
   * @param folder for the metadata
   */
  static ServedProject publish(Path folder, OnlineStore store, InstantSource clock) {
    Revision revision =
        new DefinitionLoader(NAME).load(new TreeMap<>(Map.of("bench.yaml", definitions())));
    RevisionRegistry registry =
        new RevisionRegistry(MetadataDatabase.open(folder.resolve("metadata.db")), NAME, clock);
    registry.apply(revision);
    new RevisionPublisher(NAME, store, registry).publish();
    return new ServedProject(revision, registry, store);
  }

  /** The service of the first {@code views} views. */
  static String service(int views) {
    return "views_" + views;
  }

  /** Number of a view in the keys of the store. */
  int shortId(int view) {
    return registry.shortId(id(view));
  }

  /** Writes the record of every entity, and the marker. */
  void write(int view, Population population, Times times) {
    OnlineView online = online(view);
    store.write(
        online,
        IntStream.range(0, population.entities())
            .mapToObj(entity -> record(view, entity, population, times))
            .iterator());
    store.advance(online, store.marker(online), times.marker());
  }

  private OnlineView online(int view) {
    FeatureView defined = revision.view(id(view));
    Entity entity = revision.entity(defined.entity());
    return OnlineView.of(
        NAME,
        shortId(view),
        defined.entity(),
        entity.keys().stream().map(Field::type).toList(),
        defined.fields(),
        defined.timing());
  }

  private static OnlineRecord record(int view, int entity, Population population, Times times) {
    List<@Nullable Object> values = new ArrayList<>(Population.FEATURES);
    for (int i = 0; i < Population.FEATURES; i++) {
      int feature = view * Population.FEATURES + i;
      values.add(population.isNull(entity, feature) ? null : population.value(entity, feature));
    }
    return new OnlineRecord(
        ValueBytes.of(KEY_TYPES, List.of((long) entity)),
        new FeatureRow(times.row(population.isExpired(entity)), values));
  }

  private static ViewId id(int view) {
    return new ViewId("profile_" + view, 1);
  }

  private static String definitions() {
    List<String> documents = new ArrayList<>();
    documents.add("entity: %s%nkeys: [{name: %s, type: bigint}]".formatted(ENTITY, KEY));
    documents.add(
        """
        source: profiles
        format: parquet
        path: profiles.parquet
        event_time: at
        columns:
          - {name: id, type: bigint}
          - {name: at, type: timestamp}
          - {name: score, type: double}""");
    for (int view = 0; view < Population.VIEWS; view++) {
      documents.add(
          """
          feature_view: %s
          version: 1
          entity: %s
          source: profiles
          keys: {%s: id}
          every: %dh
          max_age: %dd
          features: [%s]"""
              .formatted(
                  id(view).name(),
                  ENTITY,
                  KEY,
                  Times.EVERY.toHours(),
                  Times.MAX_AGE.toDays(),
                  features(view, "{name: %s, expr: score}")));
    }
    for (Shape shape : List.of(Shape.ROW, Shape.FIVE_VIEWS)) {
      documents.add(
          "feature_service: %s%nfeatures: [%s]"
              .formatted(
                  service(shape.views()),
                  shape
                      .eachView()
                      .mapToObj(view -> features(view, "'" + ENTITY + ":%s@1'"))
                      .collect(Collectors.joining(", "))));
    }
    return String.join("\n---\n", documents);
  }

  private static String features(int view, String as) {
    return IntStream.range(0, Population.FEATURES)
        .mapToObj(i -> as.formatted(Population.name(view * Population.FEATURES + i)))
        .collect(Collectors.joining(", "));
  }
}
