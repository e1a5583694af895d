package dev.plumbline.online;

import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.OnDemandView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.expression.CompiledExpression;
import dev.plumbline.expression.Expressions;
import dev.plumbline.registry.PublishedCatalog;
import dev.plumbline.store.OnlineStore.PublishedRevision;
import dev.plumbline.store.OnlineView;
import dev.plumbline.type.Field;
import dev.plumbline.vector.ServicePlan;
import dev.plumbline.vector.ServicePlanner;
import dev.plumbline.vector.UnknownNameException;
import dev.plumbline.vector.VectorAssembly;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One registry revision, ready to be served: every service planned, every expression compiled.
 * Thread-safe. A call uses one model from beginning to end.
 */
final class ServingModel {
  /** The first ones, for as long as the revision is served; others are planned for each call. */
  private static final int REMEMBERED_LISTS = 1_000;

  private static final int READY_ASSEMBLERS = Runtime.getRuntime().availableProcessors();

  /** An expression and what it reads. */
  private record Source(String expr, List<Field> fields) {}

  private final String fingerprint;
  private final byte[] fingerprintBytes;
  private final Revision revision;
  private final Map<ViewId, Integer> shortIds;
  private final ServicePlanner planner;
  private final Map<Source, CompiledExpression> compiled = new ConcurrentHashMap<>();
  private final Map<String, PreparedPlan> services = new HashMap<>();
  private final Map<List<FeatureRef>, PreparedPlan> lists = new ConcurrentHashMap<>();

  /**
   * Plans and compiles everything; takes seconds.
   *
   * @throws RuntimeException if something in the revision cannot be served; the message says what
   */
  ServingModel(String fingerprint, PublishedCatalog catalog) {
    this.fingerprint = fingerprint;
    this.fingerprintBytes = fingerprint.getBytes(StandardCharsets.UTF_8);
    this.revision = catalog.revision();
    this.shortIds = catalog.shortIds();
    this.planner = new ServicePlanner(revision);
    for (String service : revision.services().keySet()) {
      services.put(service, prepare(planner.service(service), READY_ASSEMBLERS));
    }
    for (OnDemandView view : revision.onDemandViews().values()) {
      // Lists of references find their expressions compiled, whether or not a service has them.
      prepare(planner.references(references(view)), 0);
    }
  }

  /**
   * The model of a document that was published; takes seconds.
   *
   * @throws RuntimeException if it cannot be read or served; the message says why
   */
  static ServingModel of(PublishedRevision published) {
    return new ServingModel(published.fingerprint(), PublishedCatalog.read(published.json()));
  }

  private static List<FeatureRef> references(OnDemandView view) {
    ViewId id = view.id();
    return view.features().stream()
        .map(feature -> new FeatureRef(id.name(), feature.name(), id.version()))
        .toList();
  }

  String fingerprint() {
    return fingerprint;
  }

  /** The fingerprint in UTF-8; nobody may change them. */
  byte[] fingerprintBytes() {
    return fingerprintBytes;
  }

  Revision revision() {
    return revision;
  }

  /**
   * The plan of a service.
   *
   * @throws UnknownNameException if the revision has no such service
   */
  PreparedPlan service(String name) {
    PreparedPlan plan = services.get(name);
    if (plan == null) {
      throw new UnknownNameException("feature service", name, services.keySet());
    }
    return plan;
  }

  /**
   * The plan of a list of references.
   *
   * @throws UnknownNameException if one leads nowhere
   * @throws dev.plumbline.failure.InvalidException if they cannot share one request
   */
  PreparedPlan references(List<FeatureRef> references) {
    PreparedPlan known = lists.get(references);
    if (known != null) {
      return known;
    }
    PreparedPlan plan = prepare(planner.references(references), 0);
    if (lists.size() < REMEMBERED_LISTS) {
      lists.put(List.copyOf(references), plan);
    }
    return plan;
  }

  private OnlineView onlineView(ServicePlan.Read read) {
    FeatureView view = read.view();
    return OnlineView.of(
        revision.project(),
        Objects.requireNonNull(shortIds.get(view.id()), "a catalog has all short ids"),
        view.entity(),
        read.role().entity().keys().stream().map(Field::type).toList(),
        view.fields(),
        view.timing());
  }

  private PreparedPlan prepare(ServicePlan plan, int readyAssemblers) {
    VectorAssembly assembly = new VectorAssembly(plan, this::compile);
    return PreparedPlan.of(plan, this::onlineView, new AssemblerPool(assembly, readyAssemblers));
  }

  private CompiledExpression compile(String expr, List<Field> fields) {
    return compiled.computeIfAbsent(
        new Source(expr, fields), source -> Expressions.compile(source.expr(), source.fields()));
  }
}
