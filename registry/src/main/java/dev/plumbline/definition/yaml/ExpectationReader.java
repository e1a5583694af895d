package dev.plumbline.definition.yaml;

import dev.plumbline.definition.Expectation;
import dev.plumbline.definition.Expectation.Rule;
import dev.plumbline.definition.FeatureView.Feature;
import dev.plumbline.definition.ProblemCode;
import dev.plumbline.definition.Source;
import dev.plumbline.definition.Source.EventTime;
import dev.plumbline.definition.Window;
import dev.plumbline.yaml.DurationText;
import dev.plumbline.yaml.Keys;
import dev.plumbline.yaml.Problems;
import dev.plumbline.yaml.Scalar;
import dev.plumbline.yaml.Where;
import dev.plumbline.yaml.YamlMapping;
import dev.plumbline.yaml.YamlValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads what a view expects of its runs, after its features. */
final class ExpectationReader {
  private final Problems problems;
  private final boolean windowed;
  private final Optional<Source> source;
  private final List<Declaration> declared;
  private final FeatureExpectationReader ofFeatures;

  /**
   * A reader for one view.
   *
   * @param features those of {@code declared} whose types are known
   */
  ExpectationReader(
      Problems problems,
      boolean windowed,
      Optional<Source> source,
      List<Declaration> declared,
      List<Feature> features) {
    this.problems = problems;
    this.windowed = windowed;
    this.source = source;
    this.declared = declared;
    this.ofFeatures = new FeatureExpectationReader(problems, declared, features);
  }

  /** The expectations that are sound; the others are reported. */
  List<Expectation> read(YamlMapping document) {
    List<Expectation> expectations = new ArrayList<>();
    Map<String, Where> places = new HashMap<>();
    List<YamlMapping> written =
        document
            .find(FeatureViewKeys.EXPECT)
            .map(list -> list.mappings(ExpectationKeys.ALL))
            .orElse(List.of());
    for (YamlMapping each : written) {
      Optional<Expectation> read = rule(each).flatMap(rule -> expectation(rule, each));
      if (read.isPresent()) {
        rejectSecond(read.get(), each.where(), places);
        expectations.add(read.get());
      }
    }
    return expectations;
  }

  private void rejectSecond(Expectation expectation, Where where, Map<String, Where> places) {
    String subject = expectation.feature().map(feature -> " of '" + feature + "'").orElse("");
    String what = name(expectation.rule()) + subject;
    Where first = places.putIfAbsent(what, where);
    if (first != null) {
      problems.add(
          where,
          ProblemCode.LISTED_TWICE
              .found("%s is expected twice (also %s)", what, first.from(where))
              .remedy("keep one"));
    }
  }

  /** The one rule that an expectation has. */
  private Optional<Rule> rule(YamlMapping each) {
    List<Rule> found =
        Arrays.stream(Rule.values()).filter(rule -> each.has(ExpectationKeys.of(rule))).toList();
    int before = problems.count();
    each.rejectUnknownKeys();
    if (found.size() != 1 && problems.count() == before) {
      problems.add(
          each.where(),
          ProblemCode.NOT_ONE_RULE
              .found("an expectation with %d rules", found.size())
              .expected("one, as in 'rows: {min: 1}'")
              .remedy("begin each with a dash of its own"));
    }
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  private Optional<Expectation> expectation(Rule rule, YamlMapping each) {
    Optional<YamlValue> value = each.find(ExpectationKeys.of(rule));
    return value.flatMap(
        given ->
            switch (rule) {
              case ROWS -> having(ExpectationKeys.BOUNDS, given).flatMap(this::rows);
              case FRESHNESS -> given.scalar().flatMap(this::freshness);
              case UNIQUE -> given.scalar().flatMap(this::unique);
              case NULLS -> having(ExpectationKeys.NULL_SHARE, given).flatMap(ofFeatures::nulls);
              case RANGE -> having(ExpectationKeys.VALUES, given).flatMap(ofFeatures::range);
            });
  }

  private static Optional<YamlMapping> having(Keys keys, YamlValue given) {
    return given.mapping().map(mapping -> mapping.having(keys));
  }

  private Optional<Expectation> rows(YamlMapping mapping) {
    int before = problems.count();
    Optional<Long> min = mapping.scalar(ExpectationKeys.LEAST_ROWS).flatMap(Scalar::count);
    Optional<Long> max = mapping.scalar(ExpectationKeys.MOST_ROWS).flatMap(Scalar::count);
    mapping.rejectUnknownKeys();
    if (problems.count() > before || !Bounds.areSound(problems, mapping.where(), min, max)) {
      return Optional.empty();
    }
    return Optional.of(new Expectation.Rows(bound(min), bound(max)));
  }

  private static OptionalLong bound(Optional<Long> bound) {
    return bound.map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  private Optional<Expectation> freshness(Scalar text) {
    Optional<Duration> maxAge = text.duration();
    if (maxAge.isEmpty()) {
      return Optional.empty();
    }
    if (maxAge.get().isZero()) {
      return text.reject(
          ProblemCode.BAD_DURATION.found("is no age of a row").expected("more than 0"));
    }
    if (source.filter(known -> known.eventTime() instanceof EventTime.Constant).isPresent()) {
      return text.reject(
          ProblemCode.NO_MEANING
              .found(
                  "has no meaning over source '%s', whose event_time is constant",
                  source.get().name())
              .remedy("remove it"));
    }
    Optional<Duration> longest = longestWindow();
    if (longest.isPresent() && maxAge.get().compareTo(longest.get()) > 0) {
      return text.reject(
          ProblemCode.FRESHNESS_TOO_LONG
              .found("is longer than the longest window, and a run reads no older rows")
              .expected("at most %s", DurationText.of(longest.get())));
    }
    return Optional.of(new Expectation.Freshness(maxAge.get()));
  }

  /** Empty if the view reads rows of any age. */
  private Optional<Duration> longestWindow() {
    List<Window> windows = declared.stream().flatMap(each -> each.window().stream()).toList();
    boolean bounded = windows.stream().allMatch(Window.Last.class::isInstance);
    return windows.stream()
        .filter(window -> bounded)
        .map(window -> ((Window.Last) window).length())
        .max(Duration::compareTo);
  }

  private Optional<Expectation> unique(Scalar text) {
    if (!text.text().equals("key")) {
      return text.reject(ProblemCode.UNKNOWN_WORD.found("is not known").expected("key"));
    }
    return windowed
        ? text.reject(
            ProblemCode.NO_MEANING
                .found(
                    "is for row views; an entity of a windowed view may have many rows of one event time")
                .remedy("remove it"))
        : Optional.of(new Expectation.UniqueKey());
  }

  private static String name(Rule rule) {
    return rule.name().toLowerCase(Locale.ROOT);
  }
}
