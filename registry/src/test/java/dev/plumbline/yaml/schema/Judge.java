package dev.plumbline.yaml.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Judges YAML by a JSON Schema, as an editor does: with a validator that is not ours. */
public final class Judge {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final LoadSettings CORE =
      LoadSettings.builder().setSchema(new CoreSchema()).setAllowDuplicateKeys(true).build();

  private final Schema schema;

  public Judge(JsonNode schema) {
    this.schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(schema);
  }

  /** What it finds in any of the documents; nothing is said of empty ones. */
  public List<String> complaints(String yaml) {
    List<String> complaints = new ArrayList<>();
    for (Object document : new Load(CORE).loadAllFromString(yaml)) {
      if (document != null) {
        JsonNode json = MAPPER.valueToTree(document);
        schema.validate(json).forEach(error -> complaints.add(error.toString()));
      }
    }
    return complaints;
  }
}
