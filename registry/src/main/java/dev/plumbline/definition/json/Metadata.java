package dev.plumbline.definition.json;

import dev.plumbline.definition.About;
import dev.plumbline.definition.Expectation;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Lifecycle;
import dev.plumbline.definition.OnDemandView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.json.Meaning.Part;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is said of a {@code view@version} and changes no value: whose it is, how it is described and
 * found, what a run must find, whether it is about to go. It may change at any time.
 */
public final class Metadata {
  private final SortedMap<String, Part> parts;
  private final SortedMap<String, String> features;

  private Metadata(SortedMap<String, Part> parts, SortedMap<String, String> features) {
    this.parts = Collections.unmodifiableSortedMap(parts);
    this.features = Collections.unmodifiableSortedMap(features);
  }

  /** The metadata of every feature view and on-demand view of {@code revision}. */
  public static SortedMap<ViewId, Metadata> of(Revision revision) {
    SortedMap<ViewId, Metadata> all = new TreeMap<>();
    revision.views().forEach((id, view) -> all.put(id, of(view)));
    revision.onDemandViews().forEach((id, view) -> all.put(id, of(view)));
    return all;
  }

  private static Metadata of(FeatureView view) {
    SortedMap<String, Part> parts = of(view.about(), view.lifecycle());
    ExpectationJson json = new ExpectationJson(view.fields());
    for (Expectation expectation : view.expectations()) {
      String rule = expectation.rule().name().toLowerCase(Locale.ROOT);
      String feature = expectation.feature().map(name -> "." + name).orElse("");
      parts.put("expect." + rule + feature, Part.of(RevisionJson.text(json.write(expectation))));
    }
    SortedMap<String, About> features = new TreeMap<>();
    view.features().forEach(each -> features.put(each.name(), each.about()));
    return of(parts, features);
  }

  private static Metadata of(OnDemandView view) {
    SortedMap<String, About> features = new TreeMap<>();
    view.features().forEach(each -> features.put(each.name(), each.about()));
    return of(of(view.about(), view.lifecycle()), features);
  }

  private static Metadata of(SortedMap<String, Part> parts, SortedMap<String, About> features) {
    SortedMap<String, String> fingerprints = new TreeMap<>();
    features.forEach(
        (name, about) -> {
          SortedMap<String, Part> own = of(about, Lifecycle.ACTIVE);
          fingerprints.put(name, Fingerprint.of(Meaning.json(own)));
          own.forEach((key, part) -> parts.put("features." + name + "." + key, part));
        });
    return new Metadata(parts, fingerprints);
  }

  private static SortedMap<String, Part> of(About about, Lifecycle lifecycle) {
    SortedMap<String, Part> parts = new TreeMap<>();
    about.owner().ifPresent(text -> parts.put("owner", Part.of(text)));
    about.description().ifPresent(text -> parts.put("description", Part.of(text)));
    if (!about.tags().isEmpty()) {
      parts.put("tags", Part.of(String.join(", ", about.tags())));
    }
    if (lifecycle == Lifecycle.RETIRED) {
      parts.put("retired", Part.of("true"));
    }
    return parts;
  }

  /** SHA-256 of the canonical text, in small hexadecimal digits. */
  public String fingerprint() {
    return Fingerprint.of(Meaning.json(parts));
  }

  /** From the features of the view to the fingerprint of what is said of each. Unmodifiable. */
  public SortedMap<String, String> features() {
    return features;
  }

  /** What differs from {@code other}, as {@link Meaning#differences} says it. */
  public List<String> differences(Metadata other) {
    return new Differences(other.parts, parts).describe();
  }
}
