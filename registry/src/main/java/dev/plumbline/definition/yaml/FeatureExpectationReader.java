package dev.plumbline.definition.yaml;

import dev.plumbline.definition.Expectation;
import dev.plumbline.definition.FeatureView.Feature;
import dev.plumbline.definition.ProblemCode;
import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.yaml.Problems;
import dev.plumbline.yaml.Scalar;
import dev.plumbline.yaml.YamlMapping;
import dev.plumbline.yaml.YamlValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Reads expectations that are about one feature. */
final class FeatureExpectationReader {
  private final Problems problems;
  private final List<Declaration> declared;
  private final List<Feature> features;

  /**
   * A reader for one view.
   *
   * @param features those of {@code declared} whose types are known
   */
  FeatureExpectationReader(Problems problems, List<Declaration> declared, List<Feature> features) {
    this.problems = problems;
    this.declared = declared;
    this.features = features;
  }

  Optional<Expectation> nulls(YamlMapping mapping) {
    int before = problems.count();
    Optional<Feature> feature = feature(mapping);
    BigDecimal maxShare = maxShare(mapping);
    mapping.rejectUnknownKeys();
    return problems.count() > before
        ? Optional.empty()
        : feature.map(known -> new Expectation.Nulls(known.name(), maxShare));
  }

  Optional<Expectation> range(YamlMapping mapping) {
    int before = problems.count();
    Optional<Feature> feature = feature(mapping);
    Optional<YamlValue> least = mapping.find(ExpectationKeys.LEAST);
    Optional<YamlValue> greatest = mapping.find(ExpectationKeys.GREATEST);
    BigDecimal maxShare = maxShare(mapping);
    mapping.rejectUnknownKeys();
    if (feature.isEmpty() || !ordered(mapping, feature.get())) {
      return Optional.empty();
    }
    Optional<Object> min = least.flatMap(value -> bound("min", value, feature.get()));
    Optional<Object> max = greatest.flatMap(value -> bound("max", value, feature.get()));
    if (problems.count() > before || !Bounds.areSound(problems, mapping.where(), min, max)) {
      return Optional.empty();
    }
    return Optional.of(new Expectation.Range(feature.get().name(), min, max, maxShare));
  }

  /** The feature that is named; empty without a problem if the feature itself has been reported. */
  private Optional<Feature> feature(YamlMapping mapping) {
    Optional<Scalar> text = mapping.scalar(ExpectationKeys.FEATURE);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    String name = text.get().text();
    List<String> names = declared.stream().map(each -> each.name().text()).distinct().toList();
    if (!names.isEmpty() && !names.contains(name)) {
      return text.get().unknown(ProblemCode.UNKNOWN_FEATURE, "feature", names);
    }
    return features.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  private BigDecimal maxShare(YamlMapping mapping) {
    Optional<Scalar> text = mapping.scalar(ExpectationKeys.MAX_SHARE);
    Optional<BigDecimal> share = text.flatMap(Scalar::number);
    if (share.isPresent()
        && (share.get().signum() < 0 || share.get().compareTo(BigDecimal.ONE) > 0)) {
      text.get().reject(ProblemCode.BAD_SHARE.found("is not a share").expected("from 0 to 1"));
    }
    return share.orElse(BigDecimal.ZERO);
  }

  private boolean ordered(YamlMapping mapping, Feature feature) {
    DataType type = feature.type();
    boolean ordered =
        !(type instanceof DataType.ArrayOf)
            && type != Primitive.BOOLEAN
            && type != Primitive.BINARY;
    if (!ordered) {
      problems.add(
          mapping.where(),
          ProblemCode.NO_ORDER
              .found("range of '%s', which is %s", feature.name(), type)
              .expected("a number, string, date or timestamp")
              .remedy("remove it"));
    }
    return ordered;
  }

  private Optional<Object> bound(String key, YamlValue value, Feature feature) {
    String what = "the %s of '%s'".formatted(key, feature.name());
    Optional<Object> bound = new Literal(problems, what, feature.type()).read(value);
    if (bound.filter(number -> number.equals(Double.NaN) || number.equals(Float.NaN)).isPresent()) {
      problems.add(
          value.where(),
          ProblemCode.BAD_VALUE
              .found("%s is not a number, and lies in no range", what)
              .expected("a number")
              .remedy("leave it out for no bound"));
    }
    return bound;
  }
}
