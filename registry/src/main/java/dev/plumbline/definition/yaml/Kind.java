package dev.plumbline.definition.yaml;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

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

  static List<String> keys() {
    return Arrays.stream(values()).map(Kind::key).sorted().toList();
  }
}
