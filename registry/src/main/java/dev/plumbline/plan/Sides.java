package dev.plumbline.plan;

import dev.plumbline.definition.DatasetDefinition;
import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.json.Meaning;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Two revisions, and what is known of the versions of both.
 *
 * @param published beyond them
 */
record Sides(Side before, Side after, Published published) {
  /** One revision, taken apart. */
  record Side(
      Revision revision,
      SortedMap<ViewId, Version> versions,
      SortedMap<ViewId, Meaning> meanings,
      Readings readings) {
    static Side of(Revision revision) {
      return new Side(revision, Version.of(revision), Meaning.of(revision), new Readings(revision));
    }

    Optional<Meaning> meaning(ViewId id) {
      return Optional.ofNullable(meanings.get(id));
    }
  }

  static Sides of(Optional<Revision> before, Revision after, Published published) {
    return new Sides(
        Side.of(before.orElseGet(() -> nothing(after.project()))), Side.of(after), published);
  }

  private static Revision nothing(String project) {
    return new Revision(
        project,
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>());
  }

  /** The names of both sides, in order. */
  static <K extends Comparable<K>> NavigableSet<K> union(Map<K, ?> before, Map<K, ?> after) {
    NavigableSet<K> all = new TreeSet<>(before.keySet());
    all.addAll(after.keySet());
    return all;
  }

  /** Whether a version meant something before; otherwise it is new. */
  boolean isClosed(ViewId id) {
    return published.fingerprint(id).isPresent() || before.meaning(id).isPresent();
  }

  /** In what a declared version means something else than before; nothing if it is new. */
  List<String> newMeaning(ViewId id) {
    Meaning now = after.meaning(id).orElseThrow();
    if (published.fingerprint(id).filter(now.fingerprint()::equals).isPresent()) {
      return List.of();
    }
    return published
        .meaning(id)
        .or(() -> before.meaning(id))
        .map(now::differences)
        .orElse(List.of());
  }

  /** Of a declared version, the features that mean something else than before. */
  List<String> changedFeatures(Version version) {
    Map<String, String> now = after.meaning(version.id()).orElseThrow().features();
    Map<String, String> was =
        published
            .meaning(version.id())
            .or(() -> before.meaning(version.id()))
            .orElseThrow()
            .features();
    return Stream.of(before, after)
        .flatMap(side -> Stream.ofNullable(side.versions().get(version.id())))
        .flatMap(each -> each.features().stream())
        .filter(reference -> !Objects.equals(now.get(name(reference)), was.get(name(reference))))
        .toList();
  }

  private static String name(String reference) {
    return FeatureRef.parse(reference).orElseThrow().feature();
  }

  /** Feature views of this version that were applied once, and are declared no more. */
  Stream<FeatureView> gone(int version) {
    return published.closed().stream()
        .filter(id -> id.version() == version && !after.versions().containsKey(id))
        .flatMap(id -> published.view(id).stream());
  }

  /** The newest version of this name that was ever published or is declared. */
  int newestVersion(String view) {
    return Stream.concat(
            Stream.of(published.newestVersion(view)),
            Stream.of(before, after)
                .flatMap(side -> side.versions().keySet().stream())
                .filter(id -> id.name().equals(view))
                .map(ViewId::version))
        .max(Integer::compare)
        .orElseThrow();
  }

  /** Whom a change of these versions concerns. */
  Affected affected(Collection<Version> versions) {
    NavigableSet<String> services = new TreeSet<>();
    versions.forEach(version -> readers(version.id()).forEach(services::add));
    return new Affected(
        versions.stream().flatMap(version -> version.features().stream()).toList(),
        List.copyOf(services),
        List.of(),
        datasetsOf(services));
  }

  /** Whom a change of this version concerns, and who stays with another one. */
  Affected affected(Version version) {
    Affected affected = affected(List.of(version));
    Set<String> movers =
        Set.copyOf(after.readings().readersOf(version.id()).map(Reading::name).toList());
    List<String> staying =
        after.versions().keySet().stream()
            .filter(id -> id.name().equals(version.id().name()) && !id.equals(version.id()))
            .flatMap(id -> after.readings().readersOf(id))
            .filter(Reading::isActive)
            .map(Reading::name)
            .filter(name -> !movers.contains(name))
            .toList();
    return new Affected(affected.features(), affected.services(), staying, affected.datasets());
  }

  private Stream<String> readers(ViewId id) {
    return Stream.of(before, after)
        .flatMap(side -> side.readings().readersOf(id))
        .map(Reading::name);
  }

  /** Datasets of either side that are joined with one of these services. */
  List<String> datasetsOf(Collection<String> services) {
    return datasets()
        .filter(each -> services.contains(each.service()))
        .map(DatasetDefinition::name)
        .distinct()
        .toList();
  }

  private Stream<DatasetDefinition> datasets() {
    return Stream.of(before, after).flatMap(side -> side.revision().datasets().values().stream());
  }

  /** Datasets of either side that take their labels from this source. */
  List<String> labelledBy(String source) {
    return datasets()
        .filter(each -> each.labels().source().equals(source))
        .map(DatasetDefinition::name)
        .distinct()
        .toList();
  }

  /** Versions of feature views of either side that have to do with a name. */
  List<Version> versionsOver(Predicate<FeatureView> which) {
    SortedMap<ViewId, Version> found = new TreeMap<>();
    Stream.of(before, after)
        .forEach(
            side ->
                side.revision().views().values().stream()
                    .filter(which)
                    .forEach(view -> found.put(view.id(), side.versions().get(view.id()))));
    return List.copyOf(found.values());
  }
}
