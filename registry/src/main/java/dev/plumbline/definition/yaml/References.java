package dev.plumbline.definition.yaml;

import dev.plumbline.definition.Complaint;
import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.OnDemandView;
import dev.plumbline.definition.ProblemCode;
import dev.plumbline.definition.ViewId;
import dev.plumbline.type.DataType;
import dev.plumbline.yaml.NearestName;
import dev.plumbline.yaml.Scalar;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Follows references {@code role:feature@version} to what they mean. */
final class References {
  private static final Pattern REFERENCE =
      Pattern.compile("([^:@\\s]+):([^:@\\s]+)(?:@(\\d{1,9}))?");

  private final Declarations declarations;
  private final Features features;

  References(Declarations declarations, Features features) {
    this.declarations = declarations;
    this.features = features;
  }

  /** A reference that leads somewhere. */
  sealed interface Resolved {
    FeatureRef reference();

    DataType type();

    /** To a feature of a view, under a role. */
    record Stored(FeatureRef reference, FeatureView view, DataType type) implements Resolved {
      String entity() {
        return view.entity();
      }
    }

    /** To an on-demand feature. */
    record OnDemand(FeatureRef reference, OnDemandView view, DataType type) implements Resolved {}
  }

  /**
   * What the text means; empty, and a problem, if nothing. Empty without one if it leads to
   * something that has been reported.
   *
   * @param roles from each role to its entity; an entity's name is a role of itself
   */
  Optional<Resolved> resolve(Scalar text, Map<String, String> roles) {
    Matcher parts = REFERENCE.matcher(text.text());
    if (!parts.matches()) {
      return text.reject(
          "reference",
          ProblemCode.BAD_REFERENCE.found("is not valid").expected("role:feature@version"));
    }
    String role = parts.group(1);
    String feature = parts.group(2);
    Optional<Integer> version = Optional.ofNullable(parts.group(3)).map(Integer::valueOf);
    if (roles.containsKey(role)) {
      String entity = Objects.requireNonNull(roles.get(role));
      return stored(text, role, entity, feature, version);
    }
    if (onDemandNames().contains(role)) {
      return onDemand(text, role, feature, version);
    }
    if (declarations.entities.isDeclared(role)) {
      return stored(text, role, role, feature, version);
    }
    Collection<String> known = new TreeSet<>(roles.keySet());
    known.addAll(onDemandNames());
    known.addAll(declarations.entities.names());
    return unknown(
        text,
        ProblemCode.UNKNOWN_ROLE
            .found("unknown role '%s'", role)
            .remedy("add it to the roles, with its entity"),
        role,
        known);
  }

  private Optional<Resolved> stored(
      Scalar text, String role, String entity, String feature, Optional<Integer> version) {
    Optional<String> view = features.view(entity, feature);
    if (view.isEmpty()) {
      return declarations.entities.isDeclared(entity) && !mayBeUnread(entity)
          ? unknown(
              text,
              ProblemCode.UNKNOWN_FEATURE.found(
                  "unknown feature '%s' of entity '%s'", feature, entity),
              feature,
              features.names(entity))
          : Optional.empty();
    }
    SortedSet<Integer> versions = versions(declarations.views, view.get());
    if (versions.contains(0)) {
      return Optional.empty(); // a version that could not be read has been reported
    }
    if (version.isEmpty()) {
      return unpinned(text, versions);
    }
    if (!versions.contains(version.get())) {
      return noSuchVersion(text, view.get(), version.get(), versions);
    }
    return declarations
        .views
        .find(new ViewId(view.get(), version.get()))
        .flatMap(found -> inView(text, found, role, feature));
  }

  /** Whether a view that could not be read may hold more features of the entity. */
  private boolean mayBeUnread(String entity) {
    return declarations.views.names().stream()
        .anyMatch(id -> declarations.views.isBroken(id) && !features.isViewOfAnother(id, entity));
  }

  private Optional<Resolved> inView(Scalar text, FeatureView view, String role, String feature) {
    Optional<FeatureView.Feature> found = view.find(feature);
    if (found.isEmpty()) {
      return unknown(
          text,
          ProblemCode.UNKNOWN_FEATURE.found(
              "unknown feature '%s' of view '%s'", feature, view.id()),
          feature,
          view.features().stream().map(FeatureView.Feature::name).toList());
    }
    FeatureRef reference = new FeatureRef(role, feature, view.id().version());
    return Optional.of(new Resolved.Stored(reference, view, found.get().type()));
  }

  private Optional<Resolved> onDemand(
      Scalar text, String name, String feature, Optional<Integer> version) {
    SortedSet<Integer> versions = versions(declarations.onDemandViews, name);
    if (versions.contains(0)) {
      return Optional.empty(); // a version that could not be read has been reported
    }
    if (version.isEmpty()) {
      return unpinned(text, versions);
    }
    if (!versions.contains(version.get())) {
      return noSuchVersion(text, name, version.get(), versions);
    }
    Optional<OnDemandView> view = declarations.onDemandViews.find(new ViewId(name, version.get()));
    if (view.isEmpty()) {
      return Optional.empty();
    }
    for (OnDemandView.Feature each : view.get().features()) {
      if (each.name().equals(feature)) {
        FeatureRef reference = new FeatureRef(name, feature, version.get());
        return Optional.of(new Resolved.OnDemand(reference, view.get(), each.type()));
      }
    }
    return unknown(
        text,
        ProblemCode.UNKNOWN_FEATURE.found(
            "unknown feature '%s' of on-demand view '%s'", feature, view.get().id()),
        feature,
        view.get().features().stream().map(OnDemandView.Feature::name).toList());
  }

  private SortedSet<String> onDemandNames() {
    TreeSet<String> names = new TreeSet<>();
    declarations.onDemandViews.names().forEach(id -> names.add(id.name()));
    return names;
  }

  private static SortedSet<Integer> versions(Declared<ViewId, ?> declared, String name) {
    TreeSet<Integer> versions = new TreeSet<>();
    declared.names().stream()
        .filter(id -> id.name().equals(name))
        .forEach(id -> versions.add(id.version()));
    return versions;
  }

  private Optional<Resolved> unpinned(Scalar text, SortedSet<Integer> versions) {
    return complain(
        text,
        ProblemCode.NOT_PINNED
            .found("reference '%s' is not pinned", text.text())
            .remedy("the newest version is %2$d: write %1$s@%2$d", text.text(), versions.last()));
  }

  private Optional<Resolved> noSuchVersion(
      Scalar text, String view, int version, SortedSet<Integer> versions) {
    return complain(
        text,
        ProblemCode.UNKNOWN_VERSION
            .found("view '%s' has no version %d", view, version)
            .expected("%s", String.join(" or ", versions.stream().map(String::valueOf).toList())));
  }

  private Optional<Resolved> unknown(
      Scalar text, Complaint complaint, String name, Collection<String> known) {
    return complain(text, NearestName.suggest(complaint, name, known));
  }

  private Optional<Resolved> complain(Scalar text, Complaint complaint) {
    declarations.problems.add(text.where(), complaint);
    return Optional.empty();
  }
}
