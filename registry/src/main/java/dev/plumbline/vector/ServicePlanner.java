package dev.plumbline.vector;

import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.FeatureService;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.OnDemandView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.failure.InvalidException;
import dev.plumbline.type.DataType;
import dev.plumbline.type.Field;
import dev.plumbline.vector.ServicePlan.Origin;
import dev.plumbline.vector.ServicePlan.Output;
import dev.plumbline.vector.ServicePlan.Read;
import dev.plumbline.vector.ServicePlan.Role;
import dev.plumbline.vector.ServicePlan.Slot;
import dev.plumbline.vector.ServicePlan.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Resolves services of one revision, or lists of references, into plans. */
public final class ServicePlanner {
  private final Revision revision;

  public ServicePlanner(Revision revision) {
    this.revision = revision;
  }

  /**
   * The plan of a service of this revision.
   *
   * @throws UnknownNameException if the revision has no such service
   */
  public ServicePlan service(String name) {
    FeatureService service = revision.services().get(name);
    if (service == null) {
      throw new UnknownNameException("feature service", name, revision.services().keySet());
    }
    return new Resolution(service.name(), service.roles())
        .plan(service.features(), service.defaults());
  }

  /**
   * The plan of a list of references whose roles are the entities' own names, plus the roles that
   * on-demand views among them use.
   *
   * @throws UnknownNameException if a reference leads nowhere
   * @throws InvalidException if two on-demand views cannot share one request: they have different
   *     entities in one role, or different types for one request value
   */
  public ServicePlan references(List<FeatureRef> references) {
    SharedRequest request = new SharedRequest("features.references");
    for (FeatureRef ref : references) {
      OnDemandView onDemand = revision.onDemandViews().get(new ViewId(ref.role(), ref.version()));
      if (onDemand != null) {
        request.add(ref, onDemand);
      } else if (revision.entities().containsKey(ref.role())) {
        request.add(ref, ref.role(), ref.role());
      } else {
        throw unknownSource("entity", ref, revision.entities().keySet());
      }
    }
    return new Resolution("", request.roles()).plan(references, Map.of());
  }

  private final class Resolution {
    private final String name;
    private final Map<String, Role> roles = new LinkedHashMap<>();
    private final List<Read> reads = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final Set<Field> request = new LinkedHashSet<>();

    Resolution(String name, Map<String, String> roles) {
      this.name = name;
      roles.forEach((role, entity) -> this.roles.put(role, new Role(role, entity(entity))));
    }

    ServicePlan plan(List<FeatureRef> features, Map<FeatureRef, Object> defaults) {
      List<Output> outputs = new ArrayList<>();
      for (FeatureRef ref : features) {
        Origin origin =
            roles.containsKey(ref.role()) ? new Origin.Stored(slot(ref)) : computed(ref);
        outputs.add(new Output(ref, type(origin), origin, Optional.ofNullable(defaults.get(ref))));
      }
      return new ServicePlan(
          name, List.copyOf(roles.values()), reads, steps, List.copyOf(request), outputs);
    }

    private Slot slot(FeatureRef ref) {
      Role role = roles.get(ref.role());
      if (role == null) {
        throw new UnknownNameException("role", ref.role(), roles.keySet());
      }
      FeatureView view = view(role.entity(), ref);
      Read read = new Read(role, view);
      int at = reads.indexOf(read);
      if (at < 0) {
        at = reads.size();
        reads.add(read);
      }
      return new Slot(at, view.indexOf(ref.feature()));
    }

    private Origin computed(FeatureRef ref) {
      OnDemandView view = revision.onDemandViews().get(new ViewId(ref.role(), ref.version()));
      if (view == null) {
        throw unknownSource("role", ref, roles.keySet());
      }
      List<String> names = view.features().stream().map(OnDemandView.Feature::name).toList();
      int at = names.indexOf(ref.feature());
      if (at < 0) {
        throw new UnknownNameException("feature of " + view.id(), ref.feature(), names);
      }
      OnDemandView.Feature feature = view.features().get(at);
      int step = step(view);
      steps.set(step, steps.get(step).with(feature));
      return new Origin.Computed(step, steps.get(step).features().indexOf(feature));
    }

    private int step(OnDemandView view) {
      for (int i = 0; i < steps.size(); i++) {
        if (steps.get(i).view().id().equals(view.id())) {
          return i;
        }
      }
      request.addAll(view.request());
      List<Field> all = List.copyOf(request);
      steps.add(
          new Step(
              view,
              view.inputs().stream().map(this::slot).toList(),
              view.request().stream().map(all::indexOf).toList(),
              List.of()));
      return steps.size() - 1;
    }

    private DataType type(Origin origin) {
      if (origin instanceof Origin.Stored stored) {
        Slot slot = stored.slot();
        return reads.get(slot.read()).view().fields().get(slot.feature()).type();
      }
      Origin.Computed computed = (Origin.Computed) origin;
      return steps.get(computed.step()).features().get(computed.feature()).type();
    }
  }

  /** What to say of a reference that begins with neither one of {@code names} nor a view. */
  private UnknownNameException unknownSource(String kind, FeatureRef ref, Set<String> names) {
    Set<ViewId> views = revision.onDemandViews().keySet();
    List<String> versions =
        views.stream().filter(id -> id.name().equals(ref.role())).map(ViewId::toString).toList();
    if (!versions.isEmpty()) {
      ViewId asked = new ViewId(ref.role(), ref.version());
      return new UnknownNameException("on-demand view", asked.toString(), versions);
    }
    Set<String> known = new LinkedHashSet<>(names);
    views.forEach(id -> known.add(id.name()));
    return new UnknownNameException(kind + " or on-demand view", ref.role(), known);
  }

  private Entity entity(String name) {
    Entity entity = revision.entities().get(name);
    if (entity == null) {
      throw new UnknownNameException("entity", name, revision.entities().keySet());
    }
    return entity;
  }

  private FeatureView view(Entity entity, FeatureRef ref) {
    List<String> known = new ArrayList<>();
    for (FeatureView view : revision.views().values()) {
      if (!view.entity().equals(entity.name())) {
        continue;
      }
      for (FeatureView.Feature feature : view.features()) {
        if (feature.name().equals(ref.feature()) && view.id().version() == ref.version()) {
          return view;
        }
        known.add(new FeatureRef(ref.role(), feature.name(), view.id().version()).toString());
      }
    }
    throw new UnknownNameException("feature", ref.toString(), known);
  }
}
