package dev.plumbline.plan;

import dev.plumbline.definition.About;
import dev.plumbline.definition.DatasetDefinition;
import dev.plumbline.definition.Entity;
import dev.plumbline.definition.Expectation;
import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.FeatureService;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Lifecycle;
import dev.plumbline.definition.OnDemandView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.Source;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.yaml.FlightsExample;
import dev.plumbline.timeline.ViewTiming;
import dev.plumbline.type.DataType;
import dev.plumbline.type.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Changes of one definition each, at random places of the flights example and a bit more. */
final class RevisionMutations {
  private static final String SPARE =
      """
      ---
      feature_view: airport_departures
      version: 2
      entity: airport
      source: departures
      keys: {code: origin}
      every: 1h
      features: [{name: flights_1d, expr: count(*), window: 2d}]
      ---
      feature_view: airport_departures
      version: 3
      retired: true
      entity: airport
      source: departures
      keys: {code: origin}
      every: 1h
      features: [{name: flights_1d, expr: count(*), window: 3d}]
      ---
      source: spare
      format: parquet
      path: spare.parquet
      event_time: at
      columns: [{name: at, type: timestamp}]
      ---
      feature_service: spare
      features: [airport:flights_1d@1]
      """;

  private final Random random;
  private final Revision base = FlightsExample.load(FlightsExample.text() + SPARE);

  RevisionMutations(Random random) {
    this.random = random;
  }

  enum Kind {
    WORDS_OF_ENTITY,
    WORDS_OF_SOURCE,
    WORDS_OF_VIEW,
    WORDS_OF_SERVICE,
    WORDS_OF_DATASET,
    PLACE,
    EXPECTATION,
    RETIRE_UNREAD,
    RETIRE_SERVICE,
    REMOVE_RETIRED,
    REMOVE_DATASET,
    NEW_ENTITY,
    NEW_SOURCE,
    NEW_SERVICE,
    NEW_DATASET,
    ADD_FEATURE,
    UNUSED_SOURCE,
    NEW_ON_DEMAND_VERSION,
    DEFAULT,
    ORDER,
    SPLIT,
    NEW_VIEW,
    NEXT_VERSION,
    MAX_AGE,
    EXPRESSION,
    ON_DEMAND_EXPRESSION,
    RETIRE_READ,
    DROP_FEATURE,
    REMOVE_SERVICE
  }

  /** One change, and what it changes. */
  record Mutation(Kind kind, String subject, UnaryOperator<Revision> change) {
    @Override
    public String toString() {
      return kind + " of " + subject;
    }
  }

  Revision base() {
    return base;
  }

  /** Several of different definitions. */
  List<Mutation> some() {
    List<Kind> kinds = new ArrayList<>(EnumSet.allOf(Kind.class));
    Collections.shuffle(kinds, random);
    List<Mutation> some = new ArrayList<>();
    Set<String> subjects = new HashSet<>();
    for (Kind kind : kinds.subList(0, 1 + random.nextInt(8))) {
      Mutation mutation = of(kind);
      if (subjects.add(mutation.subject())) {
        some.add(mutation);
      }
    }
    return some;
  }

  Mutation of(Kind kind) {
    return switch (kind) {
      case WORDS_OF_ENTITY -> {
        Entity it = any(base.entities().values());
        yield entity(kind, new Entity(it.name(), it.keys(), words()));
      }
      case WORDS_OF_SOURCE -> {
        Source it = any(base.sources().values());
        yield source(kind, source(it, it.place(), it.columns(), words()));
      }
      case WORDS_OF_VIEW -> {
        FeatureView it = any(base.views().values());
        yield view(kind, view(it, it.id(), it.timing(), words(), it.features(), it.lifecycle()));
      }
      case WORDS_OF_SERVICE -> {
        FeatureService it = any(base.services().values());
        yield service(kind, service(it, it.name(), it.features(), it.defaults(), words()));
      }
      case WORDS_OF_DATASET -> {
        DatasetDefinition it = dataset();
        yield dataset(
            kind, new DatasetDefinition(it.name(), it.service(), it.labels(), it.split(), words()));
      }
      case PLACE -> {
        Source it = any(base.sources().values());
        yield source(kind, source(it, word(), it.columns(), it.about()));
      }
      case EXPECTATION -> {
        FeatureView it = any(base.views().values());
        Expectation rows =
            new Expectation.Rows(OptionalLong.of(random.nextInt(100)), OptionalLong.empty());
        yield view(
            kind,
            new FeatureView(
                it.id(),
                it.entity(),
                it.source(),
                it.keys(),
                it.timing(),
                it.about(),
                it.features(),
                List.of(rows),
                it.lifecycle()));
      }
      case RETIRE_UNREAD -> view(kind, retired(base.view(new ViewId("airport_departures", 2))));
      case RETIRE_READ -> view(kind, retired(base.view(new ViewId("route_departures", 1))));
      case RETIRE_SERVICE -> {
        FeatureService it = service("spare");
        yield service(
            kind,
            new FeatureService(
                it.name(),
                it.roles(),
                it.features(),
                it.defaults(),
                it.about(),
                Lifecycle.RETIRED));
      }
      case REMOVE_RETIRED -> without(kind, new ViewId("airport_departures", 3));
      case REMOVE_DATASET ->
          new Mutation(
              kind,
              "dataset delay_training",
              revision ->
                  with(
                      revision,
                      revision.services(),
                      without(revision.datasets(), "delay_training")));
      case REMOVE_SERVICE ->
          new Mutation(
              kind,
              "feature_service spare",
              revision ->
                  with(revision, without(revision.services(), "spare"), revision.datasets()));
      case NEW_ENTITY ->
          entity(
              kind,
              new Entity(
                  word(), List.of(new Field("id", DataType.Primitive.BIGINT)), About.NOTHING));
      case NEW_SOURCE -> {
        Source it = any(base.sources().values());
        yield source(kind, renamed(it, word()));
      }
      case NEW_SERVICE -> {
        FeatureService it = service("spare");
        yield service(kind, service(it, word(), it.features(), it.defaults(), it.about()));
      }
      case NEW_DATASET -> {
        DatasetDefinition it = dataset();
        yield dataset(
            kind, new DatasetDefinition(word(), it.service(), it.labels(), it.split(), it.about()));
      }
      case ADD_FEATURE -> {
        FeatureService it = service("delay_model");
        List<FeatureRef> more = new ArrayList<>(it.features());
        String feature = random.nextBoolean() ? "last_destination" : "latitude";
        more.add(random.nextInt(more.size()), new FeatureRef("origin", feature, 1));
        yield service(kind, service(it, it.name(), more, it.defaults(), it.about()));
      }
      case UNUSED_SOURCE -> {
        Source it = base.source("spare");
        List<Source.Column> more = new ArrayList<>(it.columns());
        more.add(new Source.Column(word(), DataType.Primitive.INT, Optional.empty()));
        yield source(kind, source(it, it.place(), more, it.about()));
      }
      case NEW_ON_DEMAND_VERSION -> {
        OnDemandView it = onDemand();
        yield onDemand(kind, onDemand(it, 2 + random.nextInt(5), it.features()));
      }
      case ON_DEMAND_EXPRESSION -> {
        OnDemandView it = onDemand();
        List<OnDemandView.Feature> others = new ArrayList<>(it.features());
        OnDemandView.Feature first = others.remove(0);
        others.add(
            0,
            new OnDemandView.Feature(
                first.name(), "1.0 + " + random.nextInt(9), first.type(), first.about()));
        yield onDemand(kind, onDemand(it, 1, others));
      }
      case DEFAULT -> {
        FeatureService it = service("delay_model");
        Map<FeatureRef, Object> defaults = new LinkedHashMap<>(it.defaults());
        defaults.put(new FeatureRef("destination", "flights_1d", 1), 1L + random.nextInt(9));
        yield service(kind, service(it, it.name(), it.features(), defaults, it.about()));
      }
      case ORDER -> {
        FeatureService it = service("delay_model");
        List<FeatureRef> turned = new ArrayList<>(it.features());
        Collections.rotate(turned, 1 + random.nextInt(turned.size() - 1));
        yield service(kind, service(it, it.name(), turned, it.defaults(), it.about()));
      }
      case DROP_FEATURE -> {
        FeatureService it = service("delay_model");
        List<FeatureRef> fewer = new ArrayList<>(it.features());
        FeatureRef dropped = fewer.remove(random.nextInt(fewer.size()));
        Map<FeatureRef, Object> defaults = new LinkedHashMap<>(it.defaults());
        defaults.remove(dropped);
        yield service(kind, service(it, it.name(), fewer, defaults, it.about()));
      }
      case SPLIT -> {
        DatasetDefinition it = dataset();
        DatasetDefinition.Split split =
            new DatasetDefinition.Split(
                new DatasetDefinition.Split.Key("route", random.nextInt(100)), 0.8, 0.1, 0.1);
        yield dataset(
            kind,
            new DatasetDefinition(
                it.name(), it.service(), it.labels(), Optional.of(split), it.about()));
      }
      case NEW_VIEW -> {
        FeatureView it = base.view(new ViewId("airport_departures", 1));
        String name = word();
        List<FeatureView.Feature> features =
            it.features().stream()
                .map(
                    each ->
                        new FeatureView.Feature(
                            name + "_" + each.name(),
                            each.expr(),
                            each.window(),
                            each.type(),
                            each.about()))
                .toList();
        yield view(
            kind, view(it, new ViewId(name, 1), it.timing(), it.about(), features, it.lifecycle()));
      }
      case NEXT_VERSION -> {
        FeatureView it = any(base.views().values());
        ViewId next = new ViewId(it.id().name(), 4 + random.nextInt(4));
        yield view(kind, view(it, next, it.timing(), it.about(), it.features(), Lifecycle.ACTIVE));
      }
      case MAX_AGE -> {
        FeatureView it = any(base.views().values());
        ViewTiming timing = it.timing();
        ViewTiming other =
            new ViewTiming(
                timing.shape(),
                timing.every(),
                timing.availabilityLag(),
                Optional.of(Duration.ofDays(100 + random.nextInt(100))));
        yield view(kind, view(it, it.id(), other, it.about(), it.features(), it.lifecycle()));
      }
      case EXPRESSION -> {
        FeatureView it = base.view(new ViewId("airport_departures", 1 + random.nextInt(3)));
        List<FeatureView.Feature> features = new ArrayList<>(it.features());
        FeatureView.Feature first = features.remove(0);
        features.add(
            0,
            new FeatureView.Feature(
                first.name(),
                "count(distinct delay_minutes)",
                first.window(),
                first.type(),
                first.about()));
        yield view(kind, view(it, it.id(), it.timing(), it.about(), features, it.lifecycle()));
      }
    };
  }

  private <T> T any(Collection<T> all) {
    return List.copyOf(all).get(random.nextInt(all.size()));
  }

  private String word() {
    return "w" + random.nextInt(1_000_000);
  }

  private About words() {
    return new About(Optional.of(word()), Optional.of(word()), List.of(word()));
  }

  private FeatureService service(String name) {
    return Objects.requireNonNull(base.services().get(name));
  }

  private OnDemandView onDemand() {
    return base.onDemandViews().values().iterator().next();
  }

  private DatasetDefinition dataset() {
    return base.dataset("delay_training");
  }

  private static Source source(Source it, String place, List<Source.Column> columns, About about) {
    return new Source(
        it.name(),
        it.format(),
        place,
        it.eventTime(),
        it.arrivalTime(),
        it.zone(),
        columns,
        it.query(),
        it.table(),
        it.badRows(),
        about);
  }

  private static Source renamed(Source it, String name) {
    return new Source(
        name,
        it.format(),
        it.place(),
        it.eventTime(),
        it.arrivalTime(),
        it.zone(),
        it.columns(),
        it.query(),
        it.table(),
        it.badRows(),
        it.about());
  }

  private static FeatureView view(
      FeatureView it,
      ViewId id,
      ViewTiming timing,
      About about,
      List<FeatureView.Feature> features,
      Lifecycle lifecycle) {
    return new FeatureView(
        id,
        it.entity(),
        it.source(),
        it.keys(),
        timing,
        about,
        features,
        it.expectations(),
        lifecycle);
  }

  private static FeatureView retired(FeatureView it) {
    return view(it, it.id(), it.timing(), it.about(), it.features(), Lifecycle.RETIRED);
  }

  private static OnDemandView onDemand(
      OnDemandView it, int version, List<OnDemandView.Feature> features) {
    return new OnDemandView(
        new ViewId(it.id().name(), version),
        it.roles(),
        it.inputs(),
        it.request(),
        it.onMissing(),
        it.about(),
        features,
        it.lifecycle());
  }

  private static FeatureService service(
      FeatureService it,
      String name,
      List<FeatureRef> features,
      Map<FeatureRef, Object> defaults,
      About about) {
    return new FeatureService(name, it.roles(), features, defaults, about, it.lifecycle());
  }

  private static Mutation entity(Kind kind, Entity entity) {
    return new Mutation(
        kind,
        "entity " + entity.name(),
        it ->
            new Revision(
                it.project(),
                put(it.entities(), entity.name(), entity),
                it.sources(),
                it.views(),
                it.onDemandViews(),
                it.services(),
                it.datasets()));
  }

  private static Mutation source(Kind kind, Source source) {
    return new Mutation(
        kind,
        "source " + source.name(),
        it ->
            new Revision(
                it.project(),
                it.entities(),
                put(it.sources(), source.name(), source),
                it.views(),
                it.onDemandViews(),
                it.services(),
                it.datasets()));
  }

  private static Mutation view(Kind kind, FeatureView view) {
    return new Mutation(
        kind, "feature_view " + view.id(), it -> withViews(it, put(it.views(), view.id(), view)));
  }

  private static Mutation without(Kind kind, ViewId id) {
    return new Mutation(kind, "feature_view " + id, it -> withViews(it, without(it.views(), id)));
  }

  private static Revision withViews(Revision it, SortedMap<ViewId, FeatureView> views) {
    return new Revision(
        it.project(),
        it.entities(),
        it.sources(),
        views,
        it.onDemandViews(),
        it.services(),
        it.datasets());
  }

  private static Mutation onDemand(Kind kind, OnDemandView view) {
    return new Mutation(
        kind,
        "on_demand_view " + view.id(),
        it ->
            new Revision(
                it.project(),
                it.entities(),
                it.sources(),
                it.views(),
                put(it.onDemandViews(), view.id(), view),
                it.services(),
                it.datasets()));
  }

  private static Mutation service(Kind kind, FeatureService service) {
    return new Mutation(
        kind,
        "feature_service " + service.name(),
        it -> with(it, put(it.services(), service.name(), service), it.datasets()));
  }

  private static Mutation dataset(Kind kind, DatasetDefinition dataset) {
    return new Mutation(
        kind,
        "dataset " + dataset.name(),
        it -> with(it, it.services(), put(it.datasets(), dataset.name(), dataset)));
  }

  private static Revision with(
      Revision it,
      SortedMap<String, FeatureService> services,
      SortedMap<String, DatasetDefinition> datasets) {
    return new Revision(
        it.project(),
        it.entities(),
        it.sources(),
        it.views(),
        it.onDemandViews(),
        services,
        datasets);
  }

  private static <K, V> SortedMap<K, V> put(SortedMap<K, V> map, K key, V value) {
    SortedMap<K, V> more = new TreeMap<>(map);
    more.put(key, value);
    return more;
  }

  private static <K, V> SortedMap<K, V> without(SortedMap<K, V> map, K key) {
    SortedMap<K, V> fewer = new TreeMap<>(map);
    fewer.remove(key);
    return fewer;
  }
}
