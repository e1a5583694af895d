package dev.plumbline.offline.prune;

import dev.plumbline.definition.ViewId;
import dev.plumbline.discovery.BuiltDataset;
import dev.plumbline.failure.ConflictException;
import dev.plumbline.failure.NotFoundException;
import dev.plumbline.failure.UnavailableException;
import dev.plumbline.offline.Progress;
import dev.plumbline.offline.Warehouse;
import dev.plumbline.offline.log.FeatureTable;
import dev.plumbline.offline.push.RevisionPublisher;
import dev.plumbline.registry.Applicant;
import dev.plumbline.registry.DatasetCatalog;
import dev.plumbline.registry.DatasetVersion;
import dev.plumbline.registry.PrunedVersion;
import dev.plumbline.registry.RemovedVersion;
import dev.plumbline.registry.RemovedVersions;
import dev.plumbline.registry.ViewLocks;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.OnlineView;
import dev.plumbline.type.Field;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Deletes the data of versions that the newest revision does not have any more: records and
 * markers, tables and their files. That a version is pruned is noted first, and where its files
 * lie; so it never comes back with a part of its data, and whoever is stopped anywhere ends it by
 * doing it again.
 */
public final class VersionPruning {
  private final String project;
  private final Warehouse warehouse;
  private final OnlineStore store;
  private final ViewLocks locks;
  private final RemovedVersions removed;
  private final DatasetCatalog datasets;
  private final RevisionPublisher revisions;
  private final Progress progress;
  private final TableFolders folders;

  /**
   * Pruning in one warehouse and one store.
   *
   * @param store that of the project
   */
  public VersionPruning(
      String project,
      Warehouse warehouse,
      OnlineStore store,
      ViewLocks locks,
      RemovedVersions removed,
      DatasetCatalog datasets,
      RevisionPublisher revisions,
      Progress progress) {
    this.project = project;
    this.warehouse = warehouse;
    this.store = store;
    this.locks = locks;
    this.removed = removed;
    this.datasets = datasets;
    this.revisions = revisions;
    this.progress = progress;
    this.folders = new TableFolders(warehouse.spark().sparkContext().hadoopConfiguration());
  }

  /**
   * What a version still occupies; nothing is changed.
   *
   * @throws NotFoundException if no applied revision has it
   * @throws ConflictException if the newest revision has it
   */
  public Leftovers look(ViewId id) {
    return look(removed.load(id));
  }

  private Leftovers look(RemovedVersion version) {
    ViewId id = version.view().id();
    progress.at("looking at " + id);
    FeatureTable table = table(version);
    long bytes = folders(version, table).stream().mapToLong(folders::bytes).sum();
    return new Leftovers(
        version, table.rowCount(), bytes, store.occupancy(online(version)), builtFrom(id));
  }

  /**
   * Deletes it, for good. Servers are shown the newest revision before, which does not have it; one
   * that has not seen that yet answers UNAVAILABLE for it.
   *
   * @return what was deleted
   * @throws NotFoundException if no applied revision has it
   * @throws ConflictException if the newest revision has it, or somebody is at it
   */
  public Leftovers prune(ViewId id, Applicant by) {
    try (ViewLocks.Held lock = locks.acquire(id)) {
      Leftovers before = look(id);
      List<String> lying = table(before.version()).folders();
      RemovedVersion version = removed.prune(id, lying, by);
      progress.at("showing servers the newest revision");
      revisions.publish();
      lock.ensureHeld();
      forgetRecords(version);
      lock.ensureHeld();
      deleteTables(version);
      removed.finished(id);
      return before;
    }
  }

  private void forgetRecords(RemovedVersion version) {
    ViewId id = version.view().id();
    progress.at("removing the records of " + id);
    store.forget(online(version));
    if (!store.occupancy(online(version)).isNothing()) {
      throw new UnavailableException(
          "%s: the online store still has records of it; they were moved, or written, meanwhile. Run the same command again"
              .formatted(id));
    }
  }

  private void deleteTables(RemovedVersion version) {
    ViewId id = version.view().id();
    progress.at("removing the tables of " + id);
    table(version).forget();
    for (String folder : version.pruned().map(PrunedVersion::folders).orElse(List.of())) {
      progress.at("removing the files of " + id);
      folders.delete(folder);
    }
  }

  /** Where its files lie, or lay before somebody was stopped. */
  private static Set<String> folders(RemovedVersion version, FeatureTable table) {
    Set<String> all = new LinkedHashSet<>(table.folders());
    version.pruned().ifPresent(pruned -> all.addAll(pruned.folders()));
    return all;
  }

  private FeatureTable table(RemovedVersion version) {
    return warehouse.table(version.view(), version.entity());
  }

  private OnlineView online(RemovedVersion version) {
    return OnlineView.of(
        project,
        version.shortId(),
        version.entity().name(),
        version.entity().keys().stream().map(Field::type).toList(),
        version.view().fields(),
        version.view().timing());
  }

  /** The recorded versions of datasets whose rows come from a view. */
  private List<DatasetVersion> builtFrom(ViewId view) {
    return datasets.all().stream()
        .filter(each -> BuiltDataset.of(each).views().contains(view.toString()))
        .toList();
  }
}
