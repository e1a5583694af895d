package dev.plumbline.registry;

import dev.plumbline.definition.FeatureService;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Lifecycle;
import dev.plumbline.definition.OnDemandView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.json.RevisionJson;
import dev.plumbline.plan.Plan;
import dev.plumbline.plan.Planner;
import dev.plumbline.plan.Published;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A revision that is to become the newest.
 *
 * @param json canonical
 * @param way how it comes to be that
 */
record NextRevision(Revision revision, String json, String fingerprint, Way way) {
  /** How a revision comes to be the newest. */
  enum Way {
    /** By a change of files, in which a version is retired before it is removed. */
    FILES,
    /** It was the newest before: what it does not have leaves as if it had been retired. */
    BACK
  }

  /** Definitions as they are in their files. */
  static NextRevision of(Revision revision) {
    return new NextRevision(
        revision, RevisionJson.write(revision), RevisionJson.fingerprint(revision), Way.FILES);
  }

  /** A revision that was applied before. */
  static NextRevision backTo(AppliedRevision earlier) {
    return new NextRevision(earlier.revision(), earlier.json(), earlier.fingerprint(), Way.BACK);
  }

  /** What it changes. */
  Plan plan(Optional<AppliedRevision> newest, Published published) {
    Optional<Revision> before = newest.map(AppliedRevision::revision);
    return Planner.plan(way == Way.BACK ? before.map(this::leaving) : before, revision, published);
  }

  AppliedRevision numbered(int number, Instant at) {
    return new AppliedRevision(number, fingerprint, json, at, revision);
  }

  /** What it changes, in a line. */
  String summary(Plan plan) {
    String changes = ChangeSummary.of(plan);
    return way == Way.BACK ? "rollback; " + changes : changes;
  }

  /** The revision before, in which everything is retired that this one does not have. */
  private Revision leaving(Revision before) {
    return new Revision(
        before.project(),
        before.entities(),
        before.sources(),
        retired(before.views(), revision.views(), NextRevision::retired),
        retired(before.onDemandViews(), revision.onDemandViews(), NextRevision::retired),
        retired(before.services(), revision.services(), NextRevision::retired),
        before.datasets());
  }

  private static <K extends Comparable<K>, V> SortedMap<K, V> retired(
      Map<K, V> before, Map<K, V> after, UnaryOperator<V> retire) {
    SortedMap<K, V> all = new TreeMap<>(before);
    all.replaceAll((id, each) -> after.containsKey(id) ? each : retire.apply(each));
    return all;
  }

  private static FeatureView retired(FeatureView view) {
    return new FeatureView(
        view.id(),
        view.entity(),
        view.source(),
        view.keys(),
        view.timing(),
        view.about(),
        view.features(),
        view.expectations(),
        Lifecycle.RETIRED);
  }

  private static OnDemandView retired(OnDemandView view) {
    return new OnDemandView(
        view.id(),
        view.roles(),
        view.inputs(),
        view.request(),
        view.onMissing(),
        view.about(),
        view.features(),
        Lifecycle.RETIRED);
  }

  private static FeatureService retired(FeatureService service) {
    return new FeatureService(
        service.name(),
        service.roles(),
        service.features(),
        service.defaults(),
        service.about(),
        Lifecycle.RETIRED);
  }
}
