package dev.plumbline.registry;

import dev.plumbline.definition.About;
import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.yaml.DefinitionLoader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who changes definitions that nobody else changes: the words of an entity in every round, and in
 * some rounds one more view of it.
 */
record Worker(int process, int thread) {
  static final String PROJECT = "works";
  private static final int ROUNDS_BETWEEN_VIEWS = 10;

  /** The definitions before the first round, in which each of these has an entity. */
  static Revision start(List<Worker> workers) {
    StringBuilder definitions =
        new StringBuilder(
            """
            source: rows
            format: parquet
            path: unused
            event_time: at
            columns: [{name: id, type: bigint}, {name: at, type: timestamp}]
            """);
    for (Worker worker : workers) {
      definitions.append(
          """
          ---
          entity: %1$s
          keys: [{name: id, type: bigint}]
          ---
          feature_view: %1$s
          version: 1
          entity: %1$s
          source: rows
          keys: {id: id}
          every: 1h
          features: [{name: rows_1h, expr: count(*), window: 1h}]
          """
              .formatted(worker.name()));
    }
    return new DefinitionLoader(PROJECT)
        .load(new TreeMap<>(Map.of("works.yaml", definitions.toString())));
  }

  private String name() {
    return "e%d_%d".formatted(process, thread);
  }

  /** {@code before} with what this worker does in a round. */
  Revision changed(Revision before, int round) {
    SortedMap<String, Entity> entities = new TreeMap<>(before.entities());
    entities.computeIfPresent(
        name(), (name, entity) -> new Entity(name, entity.keys(), words(round)));
    SortedMap<ViewId, FeatureView> views = new TreeMap<>(before.views());
    if (round % ROUNDS_BETWEEN_VIEWS == 0) {
      FeatureView next = view(before, 1 + round / ROUNDS_BETWEEN_VIEWS);
      views.put(next.id(), next);
    }
    return new Revision(
        before.project(),
        entities,
        before.sources(),
        views,
        before.onDemandViews(),
        before.services(),
        before.datasets());
  }

  private static About words(int round) {
    return new About(Optional.empty(), Optional.of("round " + round), List.of());
  }

  private FeatureView view(Revision before, int version) {
    FeatureView first = before.view(new ViewId(name(), 1));
    return new FeatureView(
        new ViewId(name(), version),
        first.entity(),
        first.source(),
        first.keys(),
        first.timing(),
        first.about(),
        first.features());
  }

  @Override
  public String toString() {
    return "worker %d.%d".formatted(process, thread);
  }
}
