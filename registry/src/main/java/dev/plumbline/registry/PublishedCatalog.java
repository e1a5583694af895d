package dev.plumbline.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.json.RevisionJson;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * What a server needs to know of a project: a revision, and under which number each of its views
 * stands in the online store.
 */
public record PublishedCatalog(Revision revision, SortedMap<ViewId, Integer> shortIds) {
  /** The layout of the document; a reader refuses any other. */
  private static final String FORMAT = "plumbline.catalog.v1";

  private static final JsonMapper MAPPER = new JsonMapper();

  public PublishedCatalog {
    shortIds = Collections.unmodifiableSortedMap(new TreeMap<>(shortIds));
    for (ViewId view : revision.views().keySet()) {
      if (!shortIds.containsKey(view)) {
        throw new IllegalArgumentException(
            "view %s has no short id; apply the definitions again".formatted(view));
      }
    }
  }

  /**
   * The catalog of a revision.
   *
   * @param shortId of a view of the revision
   */
  public static PublishedCatalog of(Revision revision, ToIntFunction<ViewId> shortId) {
    SortedMap<ViewId, Integer> shortIds = new TreeMap<>();
    for (FeatureView view : revision.views().values()) {
      shortIds.put(view.id(), shortId.applyAsInt(view.id()));
    }
    return new PublishedCatalog(revision, shortIds);
  }

  /** As canonical JSON: equal catalogs are equal texts. */
  public String write() {
    ObjectNode document = MAPPER.createObjectNode().put("format", FORMAT);
    ObjectNode ids = document.putObject("short_ids");
    shortIds.forEach((view, id) -> ids.put(view.toString(), id));
    document.set("revision", tree(RevisionJson.write(revision)));
    return document.toString();
  }

  /**
   * The catalog of a document.
   *
   * @throws IllegalArgumentException if it is not a document that {@link #write} made
   */
  public static PublishedCatalog read(String json) {
    JsonNode document = tree(json);
    String format = document.path("format").asText();
    if (!format.equals(FORMAT)) {
      throw new IllegalArgumentException(
          "a catalog of format '%s' (expected: %s); apply the definitions again with this version of Plumbline"
              .formatted(format, FORMAT));
    }
    SortedMap<ViewId, Integer> shortIds = new TreeMap<>();
    for (Map.Entry<String, JsonNode> id : document.path("short_ids").properties()) {
      shortIds.put(view(id.getKey()), id.getValue().asInt());
    }
    return new PublishedCatalog(RevisionJson.read(document.path("revision").toString()), shortIds);
  }

  private static ViewId view(String text) {
    return ViewId.parse(text)
        .orElseThrow(() -> new IllegalArgumentException("'" + text + "' (expected: view@version)"));
  }

  private static JsonNode tree(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a catalog: " + e.getOriginalMessage(), e);
    }
  }
}
