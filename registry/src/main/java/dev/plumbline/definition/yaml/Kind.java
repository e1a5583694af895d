package dev.plumbline.definition.yaml;

import java.util.Arrays;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a document declares: the first of these that is among its keys. So kinds that have others as
 * keys come first.
 */
enum Kind {
  FEATURE_VIEW,
  ON_DEMAND_VIEW,
  FEATURE_SERVICE,
  DATASET,
  SOURCE,
  ENTITY;

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Kind of(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT));
  }

  static SortedSet<String> keys() {
    return Arrays.stream(values()).map(Kind::key).collect(Collectors.toCollection(TreeSet::new));
  }
}
