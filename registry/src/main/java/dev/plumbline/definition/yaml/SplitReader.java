package dev.plumbline.definition.yaml;

import dev.plumbline.definition.DatasetDefinition.Labels;
import dev.plumbline.definition.DatasetDefinition.Split;
import dev.plumbline.definition.DatasetDefinition.Split.By;
import dev.plumbline.definition.ProblemCode;
import dev.plumbline.yaml.Key;
import dev.plumbline.yaml.Scalar;
import dev.plumbline.yaml.YamlMapping;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads how a dataset is split into rows to train, to validate and to test. */
final class SplitReader {
  private static final String TIME = "time";

  private final Declarations declarations;

  SplitReader(Declarations declarations) {
    this.declarations = declarations;
  }

  /**
   * The split; empty, and a problem, if it makes no sense.
   *
   * @param labels of the dataset; empty if they have problems of their own
   */
  Optional<Split> read(YamlMapping mapping, Optional<Labels> labels) {
    int before = declarations.problems.count();
    Optional<By> by = mapping.scalar(DatasetKeys.BY).flatMap(text -> by(text, mapping, labels));
    BigDecimal train = share(mapping, DatasetKeys.TRAIN);
    BigDecimal validation = share(mapping, DatasetKeys.VALIDATION);
    BigDecimal test = share(mapping, DatasetKeys.TEST);
    mapping.rejectUnknownKeys();
    if (declarations.problems.count() > before) {
      return Optional.empty();
    }
    BigDecimal sum = train.add(validation).add(test);
    if (sum.compareTo(BigDecimal.ONE) != 0) {
      declarations.problems.add(
          mapping.where(),
          ProblemCode.BAD_SHARE
              .found("split: the shares add up to %s", sum.stripTrailingZeros().toPlainString())
              .expected("1")
              .remedy("change train, validation or test"));
      return Optional.empty();
    }
    return by.map(
        each -> new Split(each, train.doubleValue(), validation.doubleValue(), test.doubleValue()));
  }

  private static Optional<By> by(Scalar text, YamlMapping mapping, Optional<Labels> labels) {
    Optional<Scalar> seed = mapping.scalar(DatasetKeys.SEED);
    if (text.text().equals(TIME)) {
      seed.ifPresent(
          given ->
              given.reject(
                  ProblemCode.NO_MEANING
                      .found("has no meaning by time")
                      .expected("none")
                      .remedy("remove it, or split by an entity")));
      return Optional.of(new Split.Time());
    }
    Optional<Long> number = seed.isEmpty() ? Optional.of(0L) : seed.flatMap(Scalar::count);
    if (labels.isEmpty()) {
      return Optional.empty();
    }
    Set<String> known = known(labels.get());
    return known.contains(text.text())
        ? number.map(value -> new Split.Key(text.text(), value))
        : text.reject(
            ProblemCode.BAD_SPLIT
                .found("is not a way to split")
                .expected("time, or an entity's role or key column: %s", String.join(", ", known)));
  }

  /** Roles that have keys, and the columns that hold them. */
  private static Set<String> known(Labels labels) {
    Set<String> known = new TreeSet<>();
    labels
        .keys()
        .forEach(
            (role, columns) -> {
              if (!columns.isEmpty()) {
                known.add(role);
                known.addAll(columns.values());
              }
            });
    return known;
  }

  private static BigDecimal share(YamlMapping mapping, Key key) {
    Optional<Scalar> text = mapping.scalar(key);
    Optional<BigDecimal> share = text.flatMap(Scalar::number);
    if (share.isPresent() && share.get().signum() < 0) {
      text.get()
          .reject(ProblemCode.BAD_SHARE.found("is negative").expected("a share of 0 or more"));
    }
    return share.orElse(BigDecimal.ZERO);
  }
}
