package dev.plumbline.registry;

import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.json.Meaning;
import dev.plumbline.failure.ConflictException;
import dev.plumbline.failure.NotFoundException;
import dev.plumbline.plan.Plan;
import dev.plumbline.plan.Planner;
import dev.plumbline.plan.Published;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * The revisions of a project that were applied, and the versions that they closed. A change is
 * planned against the newest revision and made only if that is still the newest: of several at
 * once, one is made, and nothing of the others.
 */
public final class RevisionRegistry {
  private final MetadataDatabase database;
  private final String project;
  private final InstantSource clock;

  public RevisionRegistry(MetadataDatabase database, String project, InstantSource clock) {
    this.database = database;
    this.project = project;
    this.clock = clock;
  }

  /** What became of a revision that was to be applied. */
  public sealed interface Outcome {
    AppliedRevision current();

    /**
     * It is the newest now.
     *
     * @param plan what it changed
     */
    record Applied(AppliedRevision current, Plan plan) implements Outcome {}

    /** It was the newest already. */
    record Unchanged(AppliedRevision current) implements Outcome {}
  }

  /** {@link #apply(Revision, BaseRevision, Applicant)} against what is newest now. */
  public Outcome apply(Revision revision) {
    return apply(revision, BaseRevision.of(current()), Applicant.ofProcess(Optional.empty()));
  }

  /** {@link #apply(Revision, BaseRevision, Applicant, List)} where no source was seen. */
  public Outcome apply(Revision revision, BaseRevision base, Applicant applicant) {
    return apply(revision, base, applicant, List.of());
  }

  /**
   * Makes {@code revision} the newest, unless it is. All its view versions are closed from now on.
   *
   * @param base the newest revision when the change was planned
   * @param seen what its sources look like, to be remembered with it, also if it is the newest
   * @throws ConflictException if another is the newest by now; nothing is changed then
   * @throws BreakingPlanException if the change is breaking; nothing is changed then
   */
  public Outcome apply(
      Revision revision, BaseRevision base, Applicant applicant, List<RawSchema> seen) {
    NextRevision next = NextRevision.of(revision);
    return database.transaction(
        handle -> {
          Outcome outcome = make(handle, next, base, applicant);
          new RawSchemas(database, project).record(handle, outcome.current().number(), seen);
          return outcome;
        });
  }

  /**
   * Makes the definitions of an earlier revision the newest, as a revision of its own, by the rules
   * of {@link #apply(Revision, BaseRevision, Applicant)}; but what that revision does not have
   * leaves without being retired before.
   *
   * @throws NotFoundException if there is no such revision
   */
  public Outcome rollback(int number, BaseRevision base, Applicant applicant) {
    return database.transaction(
        handle -> {
          AppliedRevision earlier = new RevisionTable(handle, project).load(number);
          return make(handle, NextRevision.backTo(earlier), base, applicant);
        });
  }

  private Outcome make(Handle handle, NextRevision next, BaseRevision base, Applicant applicant) {
    RevisionTable revisions = new RevisionTable(handle, project);
    Optional<AppliedRevision> newest = revisions.newest();
    if (newest.filter(last -> last.fingerprint().equals(next.fingerprint())).isPresent()) {
      return new Outcome.Unchanged(newest.get());
    }
    Staleness.reject(base, revisions, project);
    AppliedVersions versions = AppliedVersions.read(handle, project, revisions::readable);
    Plan plan = next.plan(newest, versions);
    if (plan.isBreaking()) {
      throw new BreakingPlanException(plan);
    }
    AppliedRevision applied = next.numbered(base.number() + 1, clock.instant());
    revisions.insert(applied, applicant, next.summary(plan));
    close(applied, versions, new ClosedVersions(handle, project));
    return new Outcome.Applied(applied, plan);
  }

  private static void close(
      AppliedRevision applied, AppliedVersions versions, ClosedVersions closed) {
    SortedMap<ViewId, Meaning> meanings = new TreeMap<>(Meaning.of(applied.revision()));
    meanings.keySet().removeAll(versions.closed());
    meanings.forEach((id, meaning) -> closed.close(id, meaning, applied.number()));
  }

  /**
   * What differs between two revisions that were applied.
   *
   * @throws NotFoundException if one of them is not there
   */
  public Plan diff(int before, int after) {
    return database.transaction(
        handle -> {
          RevisionTable revisions = new RevisionTable(handle, project);
          return Planner.plan(
              Optional.of(revisions.load(before).revision()),
              revisions.load(after).revision(),
              AppliedVersions.read(handle, project, revisions::readable));
        });
  }

  /** All revisions, oldest first. */
  public List<RevisionEntry> log() {
    return database.transaction(handle -> new RevisionTable(handle, project).after(0));
  }

  /** The newest revision. */
  public Optional<AppliedRevision> current() {
    return database.transaction(handle -> new RevisionTable(handle, project).newest());
  }

  /** What is known of versions beyond the newest revision, for a plan. */
  public Published published() {
    return database.transaction(
        handle ->
            AppliedVersions.read(
                handle,
                project,
                number ->
                    database.transaction(
                        later -> new RevisionTable(later, project).readable(number))));
  }

  /**
   * The revision of this number.
   *
   * @throws NotFoundException if there is none
   */
  public AppliedRevision load(int number) {
    return database.transaction(handle -> new RevisionTable(handle, project).load(number));
  }

  /**
   * The revision of this fingerprint; the last of them where it was applied more than once.
   *
   * @throws NotFoundException if there is none
   */
  public AppliedRevision load(String fingerprint) {
    return database
        .transaction(handle -> new RevisionTable(handle, project).find(fingerprint))
        .orElseThrow(
            () ->
                new NotFoundException(
                    "project '%s' has no revision with the fingerprint %s (expected: one that was applied); see metadata in plumb.yaml"
                        .formatted(project, fingerprint)));
  }

  /**
   * The number of a view version in the online store, never given to another.
   *
   * @throws NotFoundException if no applied revision has it
   */
  public int shortId(ViewId view) {
    return database
        .transaction(handle -> new ClosedVersions(handle, project).shortId(view))
        .orElseThrow(() -> ClosedVersions.notApplied(project, view));
  }
}
