package dev.plumbline.plan;

import dev.plumbline.definition.Expectation;
import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Lifecycle;
import dev.plumbline.definition.OnDemandView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.gate.RuleText;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A version of a feature view or an on-demand view, whichever it is.
 *
 * @param features by their references
 * @param words what people read of it
 * @param expectations of its runs
 * @param declared all of it, to see whether it is written in another way
 */
record Version(
    ViewId id,
    Kind kind,
    Lifecycle lifecycle,
    List<String> features,
    Leaves words,
    Leaves expectations,
    Object declared) {
  /** What a version is of. */
  enum Kind {
    /** Its rows are computed and kept. */
    FEATURE_VIEW,
    /** Nothing of it is kept. */
    ON_DEMAND_VIEW
  }

  /** All versions of a revision. */
  static SortedMap<ViewId, Version> of(Revision revision) {
    SortedMap<ViewId, Version> versions = new TreeMap<>();
    revision.views().forEach((id, view) -> versions.put(id, of(view)));
    revision.onDemandViews().forEach((id, view) -> versions.put(id, of(view)));
    return versions;
  }

  static Version of(FeatureView view) {
    Leaves words = Leaves.of(view.about());
    view.features().forEach(each -> words.put("features." + each.name() + ".", each.about()));
    Leaves expectations = new Leaves();
    view.expectations().forEach(each -> expectations.put(name(each), RuleText.of(each)));
    return new Version(
        view.id(),
        Kind.FEATURE_VIEW,
        view.lifecycle(),
        view.features().stream().map(each -> name(view.entity(), each.name(), view.id())).toList(),
        words,
        expectations,
        view);
  }

  private static Version of(OnDemandView view) {
    Leaves words = Leaves.of(view.about());
    view.features().forEach(each -> words.put("features." + each.name() + ".", each.about()));
    return new Version(
        view.id(),
        Kind.ON_DEMAND_VIEW,
        view.lifecycle(),
        view.features().stream()
            .map(each -> name(view.id().name(), each.name(), view.id()))
            .toList(),
        words,
        new Leaves(),
        view);
  }

  private static String name(String role, String feature, ViewId id) {
    return new FeatureRef(role, feature, id.version()).toString();
  }

  private static String name(Expectation expectation) {
    String rule = "expect." + expectation.rule().name().toLowerCase(Locale.ROOT);
    return expectation.feature().map(feature -> rule + "." + feature).orElse(rule);
  }

  /** In the words of the files: {@code feature_view airport_departures@2}. */
  String subject() {
    return kind.name().toLowerCase(Locale.ROOT) + " " + id;
  }

  boolean isActive() {
    return lifecycle == Lifecycle.ACTIVE;
  }
}
