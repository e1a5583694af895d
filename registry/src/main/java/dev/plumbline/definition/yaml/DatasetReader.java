package dev.plumbline.definition.yaml;

import dev.plumbline.definition.DatasetDefinition;
import dev.plumbline.definition.DatasetDefinition.Labels;
import dev.plumbline.definition.DatasetDefinition.Split;
import dev.plumbline.definition.FeatureService;
import dev.plumbline.yaml.Scalar;
import dev.plumbline.yaml.YamlMapping;
import dev.plumbline.yaml.YamlValue;
import java.math.BigDecimal;
import java.util.Optional;

/** Reads {@code dataset} documents, after services. */
final class DatasetReader {
  private final Declarations declarations;

  DatasetReader(Declarations declarations) {
    this.declarations = declarations;
  }

  void read(YamlMapping document) {
    int before = declarations.problems.count();
    Optional<String> name = Names.declare(document, Kind.DATASET, declarations.datasets);
    Optional<FeatureService> service =
        document
            .requireScalar("service", "delay_model")
            .flatMap(text -> declarations.services.find(text, text.text()));
    Optional<YamlMapping> mapping =
        document
            .require("labels", "{source: flight_labels, time: asked_at, columns: [late], keys: {}}")
            .flatMap(YamlValue::mapping);
    Optional<Labels> labels =
        mapping.flatMap(m -> new LabelsReader(declarations).read(m.labelled("labels"), service));
    Optional<Split> split =
        document.find("split").flatMap(YamlValue::mapping).flatMap(m -> split(m.labelled("split")));
    Optional<String> owner = document.text("owner");
    Optional<String> description = document.text("description");
    document.rejectUnknownKeys();
    if (declarations.problems.count() == before && service.isPresent() && labels.isPresent()) {
      declarations.datasets.add(
          name.orElseThrow(),
          new DatasetDefinition(
              name.get(), service.get().name(), labels.get(), split, owner, description));
    }
  }

  private Optional<Split> split(YamlMapping mapping) {
    int before = declarations.problems.count();
    mapping
        .requireScalar("by", "time")
        .filter(by -> !by.text().equals("time"))
        .ifPresent(by -> by.reject("is not a way to split (expected: time)"));
    BigDecimal train = share(mapping, "train");
    BigDecimal validation = share(mapping, "validation");
    BigDecimal test = share(mapping, "test");
    mapping.rejectUnknownKeys();
    if (declarations.problems.count() > before) {
      return Optional.empty();
    }
    BigDecimal sum = train.add(validation).add(test);
    if (sum.compareTo(BigDecimal.ONE) != 0) {
      declarations.problems.add(
          mapping.where(),
          "split: the shares add up to %s (expected: 1)",
          sum.stripTrailingZeros().toPlainString());
      return Optional.empty();
    }
    return Optional.of(
        new Split(train.doubleValue(), validation.doubleValue(), test.doubleValue()));
  }

  private static BigDecimal share(YamlMapping mapping, String key) {
    Optional<Scalar> text = mapping.scalar(key);
    Optional<BigDecimal> share = text.flatMap(Scalar::number);
    if (share.isPresent() && share.get().signum() < 0) {
      text.get().reject("is negative (expected: a share of 0 or more)");
    }
    return share.orElse(BigDecimal.ZERO);
  }
}
