package dev.plumbline.definition.yaml;

import dev.plumbline.definition.About;
import dev.plumbline.definition.Lifecycle;
import dev.plumbline.definition.ProblemCode;
import dev.plumbline.yaml.Scalar;
import dev.plumbline.yaml.YamlMapping;
import dev.plumbline.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what every document may say: whose it is, what it is for, whether it is about to go. */
final class AboutReader {
  private AboutReader() {}

  static About read(YamlMapping document) {
    return new About(
        document.text(AboutKeys.OWNER), document.text(AboutKeys.DESCRIPTION), tags(document));
  }

  /** Of a feature, which belongs to whom its view belongs to. */
  static About ofFeature(YamlMapping feature) {
    return new About(Optional.empty(), feature.text(AboutKeys.DESCRIPTION), tags(feature));
  }

  static Lifecycle lifecycle(YamlMapping document) {
    boolean retired = document.scalar(AboutKeys.RETIRED).flatMap(Scalar::bool).orElse(false);
    return retired ? Lifecycle.RETIRED : Lifecycle.ACTIVE;
  }

  private static List<String> tags(YamlMapping mapping) {
    List<String> tags = new ArrayList<>();
    for (Scalar tag : mapping.find(AboutKeys.TAGS).map(YamlValue::scalars).orElse(List.of())) {
      if (tags.contains(tag.text())) {
        tag.reject("tag", ProblemCode.LISTED_TWICE.found("is given twice").remedy("remove one"));
      } else {
        tag.name().ifPresent(tags::add);
      }
    }
    return tags;
  }
}
