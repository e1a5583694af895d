package dev.plumbline.vector;

import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.FeatureService;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.OnDemandView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.failure.InvalidException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * References as a service that nobody declared, for training sets that are asked for once. A role
 * is the entity of that name, or one that an on-demand view among the references has, or stands for
 * the only entity that has such a feature; what is said of it goes before all these.
 */
public final class AdHocService {
  /** The name of the service; a declared one begins with a letter or digit. */
  public static final String NAME = "_ad_hoc";

  private final Revision revision;
  private final Map<String, String> entities;

  private AdHocService(Revision revision, Map<String, String> entities) {
    this.revision = revision;
    this.entities = entities;
  }

  /**
   * The revision with one more service, {@link #NAME}.
   *
   * @param references {@code role:feature@version}, at least one
   * @param entities of roles, where they are not to be found out
   * @throws InvalidException if one is no reference, is there twice, or may mean several things
   * @throws UnknownNameException if one leads nowhere
   */
  public static Revision in(
      Revision revision, List<String> references, Map<String, String> entities) {
    if (references.isEmpty()) {
      throw new InvalidException("features: there is none (expected: role:feature@version)");
    }
    AdHocService adHoc = new AdHocService(revision, Map.copyOf(entities));
    adHoc.rejectUnknownEntities();
    SortedMap<String, FeatureService> services = new TreeMap<>(revision.services());
    services.put(NAME, adHoc.service(references));
    return new Revision(
        revision.project(),
        revision.entities(),
        revision.sources(),
        revision.views(),
        revision.onDemandViews(),
        services,
        revision.datasets());
  }

  private void rejectUnknownEntities() {
    for (String entity : entities.values()) {
      if (!revision.entities().containsKey(entity)) {
        throw new UnknownNameException("entity", entity, revision.entities().keySet());
      }
    }
  }

  private FeatureService service(List<String> texts) {
    List<FeatureRef> references = new ArrayList<>();
    SharedRequest request = new SharedRequest("features");
    for (String text : texts) {
      FeatureRef reference = read(text);
      if (references.contains(reference)) {
        throw new InvalidException("features: '%s' is listed twice; remove one".formatted(text));
      }
      references.add(reference);
      onDemand(reference).ifPresent(view -> request.add(reference, view));
    }
    for (FeatureRef reference : references) {
      if (onDemand(reference).isEmpty()) {
        request.add(reference, reference.role(), entity(reference, request.roles()));
      }
    }
    return new FeatureService(NAME, new LinkedHashMap<>(request.roles()), references, Map.of());
  }

  private Optional<OnDemandView> onDemand(FeatureRef reference) {
    return entities.containsKey(reference.role())
        ? Optional.empty()
        : Optional.ofNullable(
            revision.onDemandViews().get(new ViewId(reference.role(), reference.version())));
  }

  private String entity(FeatureRef reference, Map<String, String> known) {
    String role = reference.role();
    if (entities.containsKey(role)) {
      return entities.getOrDefault(role, role);
    }
    if (known.containsKey(role) || revision.entities().containsKey(role)) {
      return known.getOrDefault(role, role);
    }
    rejectOtherVersion(reference);
    List<String> having =
        having(reference.feature())
            .filter(view -> view.id().version() == reference.version())
            .map(FeatureView::entity)
            .distinct()
            .toList();
    if (having.isEmpty()) {
      throw new UnknownNameException(
          "feature", reference.feature() + "@" + reference.version(), features());
    }
    if (having.size() > 1) {
      throw new InvalidException(
          "features: '%s' may be of the entities %s (expected: one); say which the role '%s' stands for"
              .formatted(reference, String.join(", ", having), role));
    }
    return having.get(0);
  }

  private void rejectOtherVersion(FeatureRef reference) {
    List<String> versions =
        revision.onDemandViews().keySet().stream()
            .filter(id -> id.name().equals(reference.role()))
            .map(ViewId::toString)
            .toList();
    if (!versions.isEmpty()) {
      ViewId asked = new ViewId(reference.role(), reference.version());
      throw new UnknownNameException("on-demand view", asked.toString(), versions);
    }
  }

  private Stream<FeatureView> having(String feature) {
    return revision.views().values().stream().filter(view -> view.find(feature).isPresent());
  }

  private List<String> features() {
    return revision.views().values().stream()
        .flatMap(
            view ->
                view.features().stream().map(feature -> feature.name() + "@" + view.id().version()))
        .toList();
  }

  private FeatureRef read(String text) {
    return FeatureRef.parse(text)
        .orElseThrow(
            () ->
                FeatureRef.parse(text + "@1")
                    .map(unpinned -> withoutVersion(text, unpinned))
                    .orElseGet(
                        () ->
                            new InvalidException(
                                "features: '%s' is no reference (expected: role:feature@version)"
                                    .formatted(text))));
  }

  private InvalidException withoutVersion(String text, FeatureRef unpinned) {
    OptionalInt newest = newest(unpinned.role(), unpinned.feature());
    return new InvalidException(
        "features: '%s' names no version (expected: role:feature@version%s)"
            .formatted(text, newest.isEmpty() ? "" : "; the newest is @" + newest.getAsInt()));
  }

  private OptionalInt newest(String role, String feature) {
    Stream<ViewId> stored = having(feature).map(FeatureView::id);
    Stream<ViewId> onDemand =
        revision.onDemandViews().keySet().stream().filter(id -> id.name().equals(role));
    return Stream.concat(stored, onDemand).mapToInt(ViewId::version).max();
  }
}
