package dev.plumbline.definition.yaml;

import dev.plumbline.yaml.Form;
import dev.plumbline.yaml.Key;
import dev.plumbline.yaml.Keys;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A document of one kind with any of the keys that it may have. Which ones those are, and what they
 * hold, comes from the declarations; only what has to fit other things is chosen here.
 */
final class RandomDocument {
  /** What documents refer to. */
  static final String WORLD =
      """
      entity: thing
      keys: [{name: id, type: bigint}]
      ---
      source: rows
      format: parquet
      path: rows
      event_time: at
      columns:
        - {name: id, type: bigint}
        - {name: amount, type: double}
        - {name: label, type: string}
        - {name: at, type: timestamp}
      ---
      feature_view: base
      version: 1
      entity: thing
      source: rows
      keys: {id: id}
      every: 1h
      features: [{name: base_count, expr: count(*), window: 1d}]
      ---
      feature_service: model
      features: [thing:base_count@1]
      """;

  private static final String REFERENCE = "thing:base_count@1";

  private final Random random;
  private final boolean windowed;
  private final List<Spot> spots = new ArrayList<>();
  private final Set<Key> keys = new HashSet<>();
  private final Map<Key, Supplier<@Nullable Object>> fitting = new LinkedHashMap<>();
  private final Map<String, @Nullable Object> content;
  private int fields;
  private int words;

  /** A place in the document where a declared mapping has a declared key. */
  record Spot(Map<String, @Nullable Object> mapping, Keys keys, Key key) {}

  RandomDocument(Kind kind, Random random) {
    this.random = random;
    this.windowed = random.nextBoolean();
    fitViews();
    fitSources();
    fitOthers();
    this.content = mapping(DefinitionSchema.keys(kind));
  }

  Map<String, @Nullable Object> content() {
    return content;
  }

  List<Spot> spots() {
    return spots;
  }

  /** Those that it has. */
  Set<Key> keys() {
    return keys;
  }

  private void fitViews() {
    fitting.put(FieldKeys.NAME, () -> "n" + fields++);
    fitting.put(FeatureViewKeys.ENTITY, () -> "thing");
    fitting.put(FeatureViewKeys.SOURCE, () -> "rows");
    fitting.put(FeatureViewKeys.KEYS, () -> Map.of("id", "id"));
    fitting.put(FeatureViewKeys.MAX_AGE, () -> "30d");
    fitting.put(FeatureViewKeys.EXPR, () -> windowed ? "count(*)" : "amount");
    fitting.put(FeatureViewKeys.WINDOW, () -> any("1d", "7d", "all"));
    fitting.put(FeatureViewKeys.EXPECT, this::expectations);
    fitting.put(ExpectationKeys.FEATURE, () -> "n0");
    fitting.put(ExpectationKeys.FRESHNESS, () -> "3h");
    fitting.put(ExpectationKeys.LEAST_ROWS, () -> 1);
    fitting.put(ExpectationKeys.MOST_ROWS, () -> 5);
    fitting.put(ExpectationKeys.LEAST, () -> 0);
    fitting.put(ExpectationKeys.GREATEST, () -> 9);
  }

  private void fitSources() {
    fitting.put(SourceKeys.EVENT_TIME, () -> random.nextBoolean() ? "at" : time());
    fitting.put(SourceKeys.ARRIVAL_TIME, () -> "at");
    fitting.put(SourceKeys.ZONE, () -> any("Europe/Berlin", "UTC", "+02:00"));
    fitting.put(SourceKeys.QUERY, () -> "select * from raw");
    fitting.put(SourceKeys.COLUMNS, this::columns);
    fitting.put(SourceKeys.EXPR, () -> "raw");
  }

  private void fitOthers() {
    fitting.put(NameKeys.ROLES, () -> Map.of("who", "thing"));
    fitting.put(OnDemandViewKeys.INPUTS, () -> List.of(REFERENCE));
    fitting.put(OnDemandViewKeys.EXPR, () -> "1 + 1");
    fitting.put(ServiceKeys.FEATURES, () -> List.of(REFERENCE));
    fitting.put(ServiceKeys.DEFAULTS, () -> Map.of(REFERENCE, 7));
    fitting.put(DatasetKeys.SERVICE, () -> "model");
    fitting.put(DatasetKeys.SOURCE, () -> "rows");
    fitting.put(DatasetKeys.TIME, () -> "at");
    fitting.put(DatasetKeys.COLUMNS, () -> List.of("label"));
    fitting.put(DatasetKeys.KEYS, () -> Map.of("thing", Map.of("id", "id")));
    fitting.put(DatasetKeys.BY, () -> "thing");
    fitting.put(DatasetKeys.TRAIN, () -> 0.5);
    fitting.put(DatasetKeys.VALIDATION, () -> 0.25);
    fitting.put(DatasetKeys.TEST, () -> 0.25);
  }

  private Map<String, @Nullable Object> mapping(Keys declared) {
    Map<String, @Nullable Object> mapping = new LinkedHashMap<>();
    for (Key key : declared.keys()) {
      if (key.required() && isPossible(key, mapping) || isWanted(key, mapping)) {
        put(mapping, declared, key);
      }
    }
    return mapping;
  }

  private void put(Map<String, @Nullable Object> mapping, Keys declared, Key key) {
    keys.add(key);
    spots.add(new Spot(mapping, declared, key));
    boolean nothing = !key.required() && !isNeeded(key, mapping) && random.nextInt(12) == 0;
    mapping.put(key.name(), nothing ? null : value(key));
  }

  private boolean isPossible(Key key, Map<String, @Nullable Object> mapping) {
    return key.condition()
        .map(only -> only.words().contains(mapping.get(only.key().name())))
        .orElse(true);
  }

  private boolean isWanted(Key key, Map<String, @Nullable Object> mapping) {
    if (key.equals(FeatureViewKeys.WINDOW)) {
      return windowed;
    }
    boolean oneOfTwo = key.equals(SourceKeys.QUERY) && mapping.get("table") != null;
    boolean jdbc = "jdbc".equals(mapping.get("format"));
    return !key.required()
        && isPossible(key, mapping)
        && !(jdbc && oneOfTwo)
        && (isNeeded(key, mapping) || random.nextBoolean());
  }

  /** Optional to the language, and not to the meaning of what stands beside it. */
  private static boolean isNeeded(Key key, Map<String, @Nullable Object> mapping) {
    boolean database = "jdbc".equals(mapping.get("format")) && mapping.get("table") == null;
    return Set.of(
                FeatureViewKeys.KEYS,
                FeatureViewKeys.WINDOW,
                ExpectationKeys.LEAST_ROWS,
                ExpectationKeys.LEAST,
                DatasetKeys.TRAIN,
                DatasetKeys.VALIDATION,
                DatasetKeys.TEST)
            .contains(key)
        || database && key.equals(SourceKeys.QUERY);
  }

  private @Nullable Object value(Key key) {
    Supplier<@Nullable Object> chosen = fitting.get(key);
    return chosen == null ? value(key.form()) : chosen.get();
  }

  private @Nullable Object value(Form form) {
    if (form instanceof Form.Mapping mapping) {
      return mapping(mapping.keys());
    }
    if (form instanceof Form.ListOf list) {
      List<@Nullable Object> elements = new ArrayList<>();
      for (int i = list.least() + random.nextInt(3); i > 0; i--) {
        elements.add(value(list.element()));
      }
      return elements;
    }
    return form instanceof Form.OneOf words
        ? words.words().get(random.nextInt(words.words().size()))
        : single(form);
  }

  private Object single(Form form) {
    if (form.equals(Form.NAME)) {
      return any("a_name", "n2", "30d_") + words++; // tags stand once each
    }
    Map<Form, List<Object>> samples =
        Map.of(
            Form.TEXT,
            List.of("some text", "ünï: 'quoted' # no comment", "12", 12, true),
            Form.DURATION,
            List.of("1h", "5m", "90s", "3600000ms"),
            Form.INSTANT,
            List.of("2001-01-01T00:00:00Z", "2001-01-01T00:00+02:00"),
            Form.TYPE,
            List.of("int", "decimal(10,2)", "array<float>", "timestamp"),
            Form.DATABASE,
            List.of("jdbc:postgresql://host/database"),
            Form.FLAG,
            List.of(true, false),
            Form.SHARE,
            List.of(0, 0.25, 1),
            Form.whole(0),
            List.of(0, 7),
            Form.whole(1),
            List.of(1, 12));
    List<Object> known = samples.get(form);
    if (known == null) {
      throw new AssertionError("no sample of " + form);
    }
    return known.get(random.nextInt(known.size()));
  }

  private List<Object> expectations() {
    List<Object> expectations = new ArrayList<>();
    for (Key rule : ExpectationKeys.ALL.keys()) {
      if (random.nextBoolean() && !(windowed && rule.equals(ExpectationKeys.UNIQUE))) {
        Map<String, @Nullable Object> mapping = new LinkedHashMap<>();
        put(mapping, ExpectationKeys.ALL, rule);
        expectations.add(mapping);
      }
    }
    return expectations;
  }

  private List<Object> columns() {
    List<Object> columns = new ArrayList<>();
    columns.add(Map.of("name", "at", "type", "timestamp"));
    for (int i = random.nextInt(3); i > 0; i--) {
      columns.add(mapping(SourceKeys.COLUMN));
    }
    return columns;
  }

  private Map<String, @Nullable Object> time() {
    return mapping(SourceKeys.CONSTANT_TIME);
  }

  private String any(String... words) {
    return words[random.nextInt(words.length)];
  }
}
