package dev.plumbline.definition.yaml;

import dev.plumbline.definition.ProblemCode;
import dev.plumbline.definition.ViewId;
import dev.plumbline.yaml.Scalar;
import dev.plumbline.yaml.Where;
import dev.plumbline.yaml.YamlMapping;
import dev.plumbline.yaml.YamlValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads roles and keeps all of the project's, since no on-demand view may bear one's name. */
final class Roles {
  private final Declarations declarations;
  private final Map<String, Where> all = new LinkedHashMap<>();

  Roles(Declarations declarations) {
    this.declarations = declarations;
  }

  /** The roles of a document, from each to its entity; those left out are not among them. */
  Map<String, String> read(YamlMapping document) {
    Map<String, String> roles = new LinkedHashMap<>();
    document
        .find(NameKeys.ROLES)
        .flatMap(YamlValue::mapping)
        .ifPresent(mapping -> mapping.entries().forEach((role, to) -> add(roles, role, to)));
    return roles;
  }

  private void add(Map<String, String> roles, Scalar role, YamlValue to) {
    Optional<String> name = role.name();
    Optional<Scalar> entity = to.scalar();
    if (name.isEmpty() || entity.isEmpty()) {
      return;
    }
    all.putIfAbsent(name.get(), role.where());
    declarations.entities.find(entity.get(), entity.get().text());
    roles.put(name.get(), entity.get().text());
  }

  /**
   * Reports on-demand views that bear the name of a role, of an entity (its default role) or of a
   * feature view.
   */
  void rejectOnDemandViewsNamedAsOne() {
    declarations
        .onDemandViews
        .names()
        .forEach(
            id -> {
              Where where = declarations.onDemandViews.place(id);
              if (all.containsKey(id.name())) {
                complain(where, id.name(), "a role", all.get(id.name()));
              } else if (declarations.entities.isDeclared(id.name())) {
                complain(where, id.name(), "an entity", declarations.entities.place(id.name()));
              } else {
                featureViewNamed(id.name())
                    .ifPresent(
                        view ->
                            complain(
                                where,
                                id.name(),
                                "a feature view",
                                declarations.views.place(view)));
              }
            });
  }

  private Optional<ViewId> featureViewNamed(String name) {
    return declarations.views.names().stream().filter(id -> id.name().equals(name)).findFirst();
  }

  private void complain(Where where, String name, String what, Where other) {
    declarations.problems.add(
        where,
        ProblemCode.NAME_TAKEN
            .found(
                "on-demand view '%s' has the name of %s (%s), so references to them look the same",
                name, what, other.from(where))
            .remedy("rename the view"));
  }
}
