package dev.plumbline.definition.json;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.OnDemandView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code view@version} means: the text that stays the same for as long as every value stays
 * the same. Who owns it, how it is described and where its data lies are no part of it, nor is how
 * it is written. {@code docs/spec/definitions.md} says what is.
 */
public final class Meaning {
  /**
   * One part of a meaning.
   *
   * @param canonical the same for all ways to write it
   * @param written for people, as a file says it
   */
  record Part(String canonical, String written) {
    static Part of(String text) {
      return new Part(text, text);
    }
  }

  private final SortedMap<String, Part> parts;
  private final SortedMap<String, String> features;
  private final String json;

  private Meaning(SortedMap<String, Part> parts, SortedMap<String, String> features) {
    this.parts = Collections.unmodifiableSortedMap(parts);
    this.features = Collections.unmodifiableSortedMap(features);
    this.json = json(parts);
  }

  /** The meaning of every feature view and on-demand view of {@code revision}. */
  public static SortedMap<ViewId, Meaning> of(Revision revision) {
    SortedMap<ViewId, Meaning> meanings = new TreeMap<>();
    revision.views().forEach((id, view) -> meanings.put(id, ViewMeaning.of(view, revision)));
    revision
        .onDemandViews()
        .forEach((id, view) -> meanings.put(id, OnDemandMeaning.of(view, revision)));
    return meanings;
  }

  /** The meaning of one feature view or on-demand view; empty if {@code revision} has none. */
  public static Optional<Meaning> of(Revision revision, ViewId id) {
    FeatureView view = revision.views().get(id);
    OnDemandView onDemand = revision.onDemandViews().get(id);
    if (view != null) {
      return Optional.of(ViewMeaning.of(view, revision));
    }
    return Optional.ofNullable(onDemand).map(each -> OnDemandMeaning.of(each, revision));
  }

  /**
   * The meaning that {@link #json} wrote, in whichever release. It has no fingerprints of features,
   * and parts as they are compared, not as they were written.
   */
  public static Meaning ofJson(String json) {
    SortedMap<String, Part> parts = new TreeMap<>();
    RevisionJson.tree(json)
        .properties()
        .forEach(
            each ->
                parts.put(
                    each.getKey(),
                    Part.of(
                        each.getValue().isTextual()
                            ? each.getValue().asText()
                            : each.getValue().toString())));
    return new Meaning(parts, new TreeMap<>());
  }

  /**
   * A view's meaning, put together.
   *
   * @param shared what is part of each feature's
   * @param beside what is part of no feature's as such
   * @param features by their names
   */
  static Meaning of(
      Map<String, Part> shared, Map<String, Part> beside, Map<String, FeatureMeaning> features) {
    SortedMap<String, Part> parts = new TreeMap<>(shared);
    parts.putAll(beside);
    SortedMap<String, String> fingerprints = new TreeMap<>();
    features.forEach(
        (name, feature) -> {
          parts.putAll(feature.read());
          parts.putAll(feature.under("features." + name));
          SortedMap<String, Part> alone = new TreeMap<>(shared);
          alone.putAll(feature.read());
          alone.putAll(feature.under("feature"));
          fingerprints.put(name, Fingerprint.of(json(alone)));
        });
    return new Meaning(parts, fingerprints);
  }

  /**
   * What one feature adds to its view's meaning.
   *
   * @param own of the feature itself, by keys of the file
   * @param read what it reads, by paths in the view's meaning
   */
  record FeatureMeaning(SortedMap<String, Part> own, SortedMap<String, Part> read) {
    private SortedMap<String, Part> under(String path) {
      SortedMap<String, Part> parts = new TreeMap<>();
      own.forEach((key, part) -> parts.put(path + "." + key, part));
      return parts;
    }
  }

  /** The canonical text. */
  public String json() {
    return json;
  }

  /** SHA-256 of the canonical text, in small hexadecimal digits. */
  public String fingerprint() {
    return Fingerprint.of(json);
  }

  /** From the features of the view to the fingerprint of each. Unmodifiable. */
  public SortedMap<String, String> features() {
    return features;
  }

  /**
   * What differs from {@code other}, in the words of the files: {@code features.flights_1d.window:
   * 14d, was 7d}. Empty if and only if the two mean the same.
   */
  public List<String> differences(Meaning other) {
    return new Differences(other.parts, parts).describe();
  }

  static String json(Map<String, Part> parts) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    parts.forEach((path, part) -> node.put(path, part.canonical()));
    return RevisionJson.text(node);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Meaning meaning && json.equals(meaning.json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  @Override
  public String toString() {
    return json;
  }
}
