package dev.plumbline.offline.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.registry.DatasetVersion;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A dataset as MLflow logs it with a run: the fields of {@code mlflow.entities.Dataset}, each a
 * text, those of source, schema and profile being JSON themselves.
 */
public final class MlflowExport {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** MLflow recommends at most so many characters. */
  private static final int DIGEST = 10;

  private static final Pattern ARRAY = Pattern.compile("array<(.*)>");

  private static final Map<String, String> TYPES =
      Map.of(
          "boolean", "boolean",
          "int", "integer",
          "bigint", "long",
          "float", "float",
          "double", "double",
          "string", "string",
          "binary", "binary",
          "date", "datetime",
          "timestamp", "datetime");

  private MlflowExport() {}

  public static ObjectNode of(DatasetVersion version) {
    JsonNode manifest = DatasetFiles.parse(version.manifest());
    return MAPPER
        .createObjectNode()
        .put("name", version.ref())
        .put("digest", version.contentHash().substring(0, DIGEST))
        .put("source_type", "local")
        .put("source", MAPPER.createObjectNode().put("uri", version.path()).toString())
        .put("schema", schema(manifest).toString())
        .put("profile", profile(manifest).toString());
  }

  private static ObjectNode schema(JsonNode manifest) {
    ObjectNode schema = MAPPER.createObjectNode();
    ArrayNode columns = schema.putArray("mlflow_colspec");
    for (JsonNode column : manifest.path("columns")) {
      ObjectNode spec = columns.addObject();
      type(spec, column.path("type").asText());
      spec.put("name", column.path("name").asText())
          .put("required", column.path("nulls").asLong() == 0);
    }
    return schema;
  }

  /** MLflow knows no decimals; their text is exact. */
  private static void type(ObjectNode spec, String type) {
    Matcher array = ARRAY.matcher(type);
    if (array.matches()) {
      type(spec.put("type", "array").putObject("items"), array.group(1));
    } else {
      spec.put("type", TYPES.getOrDefault(type, "string"));
    }
  }

  private static ObjectNode profile(JsonNode manifest) {
    long rows = manifest.path("rows").asLong();
    ObjectNode profile =
        MAPPER
            .createObjectNode()
            .put("num_rows", rows)
            .put("num_elements", rows * manifest.path("columns").size());
    profile.set("splits", manifest.path("splits"));
    return profile.put(Manifest.CONTENT_HASH, manifest.path(Manifest.CONTENT_HASH).asText());
  }
}
