package dev.plumbline.definition.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.yaml.Keys;
import dev.plumbline.yaml.schema.JsonSchema;
import java.util.Arrays;

/** The JSON Schema of definition files, from what their readers know. */
public final class DefinitionSchema {
  private DefinitionSchema() {}

  /** The schema of one document of a definition file. */
  public static ObjectNode json() {
    return JsonSchema.ofDocuments(
        "Plumbline definitions", Arrays.stream(Kind.values()).map(DefinitionSchema::keys).toList());
  }

  /** What a document of this kind may say. */
  static Keys keys(Kind kind) {
    return switch (kind) {
      case FEATURE_VIEW -> FeatureViewKeys.ALL;
      case ON_DEMAND_VIEW -> OnDemandViewKeys.ALL;
      case FEATURE_SERVICE -> ServiceKeys.ALL;
      case DATASET -> DatasetKeys.ALL;
      case SOURCE -> SourceKeys.ALL;
      case ENTITY -> EntityKeys.ALL;
    };
  }
}
