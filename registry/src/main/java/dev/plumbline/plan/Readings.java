package dev.plumbline.plan;

import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.FeatureService;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.OnDemandView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.type.DataType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What every service of one revision reads. */
final class Readings {
  private final Revision revision;
  private final Map<Column, FeatureView> columns = new HashMap<>();
  private final SortedMap<String, Reading> readings = new TreeMap<>();

  Readings(Revision revision) {
    this.revision = revision;
    for (FeatureView view : revision.views().values()) {
      for (FeatureView.Feature feature : view.features()) {
        columns.put(new Column(view.entity(), feature.name(), view.id().version()), view);
      }
    }
    revision.services().forEach((name, service) -> readings.put(name, new Walk(service).reading()));
  }

  /** Where a feature is stored. */
  private record Column(String entity, String feature, int version) {}

  Reading of(String service) {
    return Objects.requireNonNull(readings.get(service));
  }

  /** Services that read this version. */
  Stream<Reading> readersOf(ViewId version) {
    return readings.values().stream().filter(reading -> reading.versions().contains(version));
  }

  /** From a service to everything that it leads to. */
  private final class Walk {
    private final FeatureService service;
    private final SortedSet<ViewId> versions = new TreeSet<>();
    private final Map<FeatureRef, ViewId> views = new HashMap<>();
    private final SortedSet<String> roles = new TreeSet<>();
    private final SortedMap<String, DataType> request = new TreeMap<>();

    Walk(FeatureService service) {
      this.service = service;
    }

    Reading reading() {
      Map<FeatureRef, DataType> types = new LinkedHashMap<>();
      service.features().forEach(reference -> types.put(reference, type(reference)));
      return new Reading(service, versions, roles, request, types, views);
    }

    private DataType type(FeatureRef reference) {
      return service.roles().containsKey(reference.role())
          ? stored(reference)
          : computed(reference);
    }

    private DataType stored(FeatureRef reference) {
      String entity = Objects.requireNonNull(service.roles().get(reference.role()));
      FeatureView view =
          Objects.requireNonNull(
              columns.get(new Column(entity, reference.feature(), reference.version())));
      versions.add(view.id());
      views.put(reference, view.id());
      if (!revision.entity(entity).keys().isEmpty()) {
        roles.add(reference.role());
      }
      return view.find(reference.feature()).orElseThrow().type();
    }

    private DataType computed(FeatureRef reference) {
      ViewId id = new ViewId(reference.role(), reference.version());
      OnDemandView view = Objects.requireNonNull(revision.onDemandViews().get(id));
      if (versions.add(id)) {
        view.inputs().forEach(this::stored);
        view.request().forEach(field -> request.put(field.name(), field.type()));
      }
      return view.features().stream()
          .filter(feature -> feature.name().equals(reference.feature()))
          .findFirst()
          .orElseThrow()
          .type();
    }
  }
}
