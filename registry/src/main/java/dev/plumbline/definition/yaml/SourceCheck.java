package dev.plumbline.definition.yaml;

import dev.plumbline.yaml.Problems;

/** Looks at what a source declares of things that lie outside the files, such as its data. */
@FunctionalInterface
public interface SourceCheck {
  /** Takes everything for right. */
  SourceCheck NONE = (source, problems) -> {};

  /** Reports what is wrong with {@code source}, whose document is sound in itself. */
  void check(WrittenSource source, Problems problems);
}
