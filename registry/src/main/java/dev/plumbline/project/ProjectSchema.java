package dev.plumbline.project;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.yaml.schema.JsonSchema;

/** The JSON Schema of {@code plumb.yaml}, from what its reader knows. */
public final class ProjectSchema {
  private ProjectSchema() {}

  public static ObjectNode json() {
    return JsonSchema.ofFile("Plumbline project", ProjectConfigKeys.ALL);
  }
}
