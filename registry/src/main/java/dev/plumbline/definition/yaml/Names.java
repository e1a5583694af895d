package dev.plumbline.definition.yaml;

import dev.plumbline.definition.ViewId;
import dev.plumbline.yaml.Scalar;
import dev.plumbline.yaml.YamlMapping;
import java.util.Optional;

/** Reads what a document is called and announces it. */
final class Names {
  private Names() {}

  static Optional<String> declare(YamlMapping document, Kind kind, Declared<String, ?> declared) {
    Optional<Scalar> scalar = document.requireScalar(kind.key(), NameKeys.EXAMPLE);
    Optional<String> name = scalar.flatMap(Scalar::name);
    return name.filter(free -> declared.declare(free, scalar.orElseThrow().where()));
  }

  /** The view; of version 0 if its version cannot be read, which has been reported. */
  static Optional<ViewId> declareView(
      YamlMapping document, Kind kind, Declared<ViewId, ?> declared) {
    Optional<Scalar> scalar = document.requireScalar(kind.key(), NameKeys.EXAMPLE);
    Optional<String> name = scalar.flatMap(Scalar::name);
    Optional<Integer> version =
        document.scalar(NameKeys.VERSION).flatMap(number -> number.integer(1));
    return name.map(known -> new ViewId(known, version.orElse(0)))
        .filter(free -> declared.declare(free, scalar.orElseThrow().where()));
  }
}
