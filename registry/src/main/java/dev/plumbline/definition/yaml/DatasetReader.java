package dev.plumbline.definition.yaml;

import dev.plumbline.definition.About;
import dev.plumbline.definition.DatasetDefinition;
import dev.plumbline.definition.DatasetDefinition.Labels;
import dev.plumbline.definition.DatasetDefinition.Split;
import dev.plumbline.definition.FeatureService;
import dev.plumbline.yaml.YamlMapping;
import dev.plumbline.yaml.YamlValue;
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
            .scalar(DatasetKeys.SERVICE)
            .flatMap(text -> declarations.services.find(text, text.text()));
    Optional<YamlMapping> mapping =
        document.find(DatasetKeys.WHERE_LABELS_ARE).flatMap(YamlValue::mapping);
    Optional<Labels> labels =
        mapping.flatMap(
            m -> new LabelsReader(declarations).read(m.having(DatasetKeys.LABELS), service));
    Optional<Split> split =
        document
            .find(DatasetKeys.SPLIT)
            .flatMap(YamlValue::mapping)
            .flatMap(m -> new SplitReader(declarations).read(m.having(DatasetKeys.SHARES), labels));
    About about = AboutReader.read(document);
    document.rejectUnknownKeys();
    if (declarations.problems.count() == before && service.isPresent() && labels.isPresent()) {
      declarations.datasets.add(
          name.orElseThrow(),
          new DatasetDefinition(name.get(), service.get().name(), labels.get(), split, about));
    }
  }
}
