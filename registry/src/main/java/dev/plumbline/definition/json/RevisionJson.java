package dev.plumbline.definition.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.plumbline.definition.Revision;

/**
 * A revision as canonical JSON: equal revisions are equal texts, and reading a text gives the
 * revision back. Definitions stand in the order of their names, keys in a fixed order, and what is
 * absent is left out.
 */
public final class RevisionJson {
  /** The layout of the document; a reader refuses any other. */
  static final String FORMAT = "plumbline.revision.v1";

  private static final JsonMapper MAPPER = new JsonMapper();

  private RevisionJson() {}

  public static String write(Revision revision) {
    return text(new DefinitionWriter().revision(revision));
  }

  /**
   * The revision of a document.
   *
   * @throws IllegalArgumentException if it is not a document that {@link #write} made
   */
  public static Revision read(String json) {
    try {
      JsonNode document = MAPPER.readTree(json);
      String format = document.path("format").asText();
      if (!format.equals(FORMAT)) {
        throw new IllegalArgumentException(
            "a registry revision of format '%s' (expected: %s); use the version of Plumbline that applied it, or apply it again"
                .formatted(format, FORMAT));
      }
      return new DefinitionReader().revision(document);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a registry revision: " + e.getOriginalMessage(), e);
    }
  }

  /** SHA-256 of the canonical JSON, in small hexadecimal digits. */
  public static String fingerprint(Revision revision) {
    return Fingerprint.of(write(revision));
  }

  static String text(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("writing to memory cannot fail", e);
    }
  }

  static JsonNode tree(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
  }
}
