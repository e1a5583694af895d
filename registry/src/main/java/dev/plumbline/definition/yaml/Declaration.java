package dev.plumbline.definition.yaml;

import dev.plumbline.definition.About;
import dev.plumbline.definition.ProblemCode;
import dev.plumbline.definition.Window;
import dev.plumbline.yaml.Key;
import dev.plumbline.yaml.Keys;
import dev.plumbline.yaml.Problems;
import dev.plumbline.yaml.Scalar;
import dev.plumbline.yaml.YamlMapping;
import dev.plumbline.yaml.YamlValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A feature as it is written, before its expression is understood.
 *
 * @param expr absent if it cannot be trusted: left out, or torn apart by a comma
 * @param windowed whether it is written with a window, valid or not
 * @param sound whether nothing about its keys has been reported
 */
record Declaration(
    Scalar name,
    Optional<Scalar> expr,
    boolean windowed,
    Optional<Window> window,
    About about,
    boolean sound) {
  /** All features of a view, in the order of their names. */
  static List<Declaration> readAll(YamlValue list, Problems problems) {
    return readAll(list, problems, FeatureViewKeys.FEATURE);
  }

  /** All features of an on-demand view, which have no windows. */
  static List<Declaration> readAllWithoutWindow(YamlValue list, Problems problems) {
    return readAll(list, problems, OnDemandViewKeys.FEATURE);
  }

  private static List<Declaration> readAll(YamlValue list, Problems problems, Keys keys) {
    List<Declaration> all = new ArrayList<>();
    int start = problems.count();
    boolean windows = keys.keys().contains(FeatureViewKeys.WINDOW);
    Key expression = windows ? FeatureViewKeys.EXPR : OnDemandViewKeys.EXPR;
    Fields names = new Fields(keys, problems);
    List<YamlMapping> mappings = list.mappings(keys);
    for (YamlMapping each : mappings) {
      int before = problems.count();
      Optional<String> name = names.name(each);
      Optional<Scalar> expr = each.scalar(expression);
      boolean windowed = windows && each.has(FeatureViewKeys.WINDOW);
      Optional<Window> window =
          windows
              ? each.scalar(FeatureViewKeys.WINDOW).flatMap(Declaration::window)
              : Optional.empty();
      About about = AboutReader.ofFeature(each);
      boolean torn = each.hasTornValue();
      each.rejectUnknownKeys();
      if (name.isPresent()) {
        Scalar named = each.scalar(FieldKeys.NAME).orElseThrow();
        boolean sound = problems.count() == before;
        all.add(
            new Declaration(named, expr.filter(whole -> !torn), windowed, window, about, sound));
      }
    }
    if (mappings.isEmpty() && problems.count() == start) {
      problems.add(
          list.where(),
          ProblemCode.EMPTY_LIST
              .found("features is empty")
              .expected("at least one")
              .remedy("add one"));
    }
    all.sort(Comparator.comparing(feature -> feature.name().text()));
    return all;
  }

  private static Optional<Window> window(Scalar text) {
    if (text.text().equals(Window.ALL)) {
      return Optional.of(new Window.All());
    }
    Optional<Duration> length = text.durationOr(Window.ALL);
    return length.filter(Duration::isZero).isPresent()
        ? text.reject(
            ProblemCode.BAD_DURATION.found("is no window").expected("more than 0, or all"))
        : length.map(Window.Last::new);
  }
}
