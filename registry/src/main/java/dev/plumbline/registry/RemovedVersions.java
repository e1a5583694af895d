package dev.plumbline.registry;

import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.failure.ConflictException;
import dev.plumbline.failure.NotFoundException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The versions of feature views that were applied and that the newest revision does not have any
 * more, and which of them lost their data. That a version is pruned is noted before anything of it
 * is deleted, so that none can come back with a part of its data.
 */
public final class RemovedVersions {
  private final MetadataDatabase database;
  private final String project;
  private final InstantSource clock;

  public RemovedVersions(MetadataDatabase database, String project, InstantSource clock) {
    this.database = database;
    this.project = project;
    this.clock = clock;
  }

  /** All of which something may be left, by name and version. */
  public List<RemovedVersion> unfinished() {
    return database.transaction(
        handle ->
            find(handle, gone(handle)).stream()
                .filter(each -> !each.pruned().map(PrunedVersion::finished).orElse(false))
                .toList());
  }

  /**
   * One of them, finished or not.
   *
   * @throws NotFoundException if no applied revision has such a feature view
   * @throws ConflictException if the newest revision has it
   */
  public RemovedVersion load(ViewId id) {
    return database.transaction(handle -> load(handle, id));
  }

  private RemovedVersion load(Handle handle, ViewId id) {
    requireRemoved(handle, id);
    return find(handle, Set.of(id)).stream()
        .findFirst()
        .orElseThrow(
            () ->
                new NotFoundException(
                    "no applied revision of project '%s' has a feature view '%s'; see plumb registry log"
                        .formatted(project, id)));
  }

  private void requireRemoved(Handle handle, ViewId id) {
    if (newest(handle).map(revision -> revision.views().containsKey(id)).orElse(false)) {
      throw new ConflictException(
          "view '%s' is in the newest revision of project '%s', and may be read; remove it first: set retired: true, apply, remove its document, apply"
              .formatted(id, project));
    }
  }

  /** Whether the data of a version was deleted, or began to be. */
  public boolean isPruned(ViewId id) {
    return database.transaction(handle -> new PruneTable(handle, project).find(id).isPresent());
  }

  /**
   * Notes that the data of a version is being deleted: from now on it can neither be applied nor
   * run. Doing so again adds to the folders.
   *
   * @param folders where its tables lie, as far as there are any
   * @return the version with all folders that were ever noted
   * @throws ConflictException if the newest revision has it
   */
  public RemovedVersion prune(ViewId id, List<String> folders, Applicant by) {
    return database.transaction(
        handle -> {
          PruneTable table = new PruneTable(handle, project);
          RemovedVersion version = load(handle, id);
          if (version.pruned().isEmpty()) {
            table.insert(id, clock.instant(), by.name(), folders);
          } else {
            Set<String> all = new LinkedHashSet<>(version.pruned().get().folders());
            all.addAll(folders);
            table.remember(id, List.copyOf(all));
          }
          return load(handle, id);
        });
  }

  /** Notes that nothing of it is left. */
  public void finished(ViewId id) {
    database.transaction(
        handle -> {
          new PruneTable(handle, project).finish(id, clock.instant());
          return id;
        });
  }

  /** Every closed version that the newest revision does not have. */
  private Set<ViewId> gone(Handle handle) {
    Set<ViewId> gone = new LinkedHashSet<>(new ClosedVersions(handle, project).all().keySet());
    newest(handle)
        .ifPresent(
            revision -> {
              gone.removeAll(revision.views().keySet());
              gone.removeAll(revision.onDemandViews().keySet());
            });
    return gone;
  }

  /** The feature views of these, each from the last revision that has it. */
  private List<RemovedVersion> find(Handle handle, Set<ViewId> wanted) {
    RevisionTable revisions = new RevisionTable(handle, project);
    Set<ViewId> missing = new HashSet<>(wanted);
    List<RemovedVersion> found = new ArrayList<>();
    int number = BaseRevision.of(revisions.newest()).number();
    for (; number > 0 && !missing.isEmpty(); number--) {
      AppliedRevision revision = revisions.load(number);
      missing.removeAll(revision.revision().onDemandViews().keySet());
      for (ViewId id : List.copyOf(missing)) {
        if (revision.revision().views().containsKey(id)) {
          found.add(removed(handle, id, revision));
          missing.remove(id);
        }
      }
    }
    return found.stream().sorted(Comparator.comparing(each -> each.view().id())).toList();
  }

  private RemovedVersion removed(Handle handle, ViewId id, AppliedRevision last) {
    Revision revision = last.revision();
    return new RemovedVersion(
        revision.view(id),
        revision.entity(revision.view(id).entity()),
        new ClosedVersions(handle, project).shortId(id).orElseThrow(),
        last.number(),
        new PruneTable(handle, project).find(id));
  }

  private Optional<Revision> newest(Handle handle) {
    return new RevisionTable(handle, project).newest().map(AppliedRevision::revision);
  }
}
