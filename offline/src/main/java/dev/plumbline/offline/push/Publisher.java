package dev.plumbline.offline.push;

import dev.plumbline.definition.FeatureView;
import dev.plumbline.failure.ConflictException;
import dev.plumbline.failure.NotFoundException;
import dev.plumbline.failure.UnavailableException;
import dev.plumbline.offline.RecordDifferences;
import dev.plumbline.offline.RunReport;
import dev.plumbline.offline.RunReport.Repaired.Outcome;
import dev.plumbline.offline.log.FeatureTable;
import dev.plumbline.offline.push.Push.Pushed;
import dev.plumbline.registry.RevisionRegistry;
import dev.plumbline.registry.RunLedger;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.OnlineStores;
import dev.plumbline.store.OnlineView;
import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.Marker;
import dev.plumbline.timeline.Run;
import dev.plumbline.timeline.run.Publication;
import dev.plumbline.timeline.run.PublicationPlanner;
import dev.plumbline.type.Field;
import dev.plumbline.type.Micros;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Brings the last run of a view online: records, then the marker, then the ledger, which copies it.
 * Stopped anywhere and called again, it leads to the same state. The caller holds the view's lock.
 */
public final class Publisher {
  private static final int ATTEMPTS = 3;

  private final String project;
  private final OnlineStore store;
  private final OnlineStores stores;
  private final RunLedger ledger;
  private final RevisionRegistry registry;
  private final RevisionPublisher revisions;
  private final InstantSource clock;

  /**
   * A publisher to one store.
   *
   * @param stores opens the same store where records are written and compared
   * @param clock it is sent to those who write
   */
  public Publisher(
      String project,
      OnlineStore store,
      OnlineStores stores,
      RunLedger ledger,
      RevisionRegistry registry,
      InstantSource clock) {
    this.project = project;
    this.store = store;
    this.stores = stores;
    this.ledger = ledger;
    this.registry = registry;
    this.revisions = new RevisionPublisher(project, store, registry);
    this.clock = clock;
  }

  /**
   * Publishes the last of {@code runs}. A push that takes more than an hour stops and starts again
   * from what ledger and store say then.
   *
   * @throws UnavailableException if its newest row is not yet to be served by the clock, or no push
   *     ended in time
   * @throws ConflictException if another process moved the marker
   */
  public RunReport.Published publish(FeatureView view, FeatureTable table, Ledger runs) {
    Ledger state = runs;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      PushDeadline deadline = PushDeadline.from(clock);
      try {
        return publish(view, table, state, deadline);
      } catch (PushOverdueException e) {
        state = new Ledger(view.timing(), ledger.runs(view.id()));
      }
    }
    throw new UnavailableException(
        "%s: its push took more than %s, %d times; see whether the online store is slow, and push again"
            .formatted(view.id(), PushDeadline.LIMIT, ATTEMPTS));
  }

  /** {@link #publish}, unless servers see the last run already and the ledger says so. */
  public Optional<RunReport.Published> publishUnlessShown(
      FeatureView view, FeatureTable table, Ledger runs) {
    return isShown(view, table, runs) ? Optional.empty() : Optional.of(publish(view, table, runs));
  }

  /**
   * Makes the records of a view what the log has, whatever they are; its last run is published.
   *
   * @param runs not none
   * @param stillAlone throws if others may publish the view by now; asked before anything is mended
   */
  public RunReport.Repaired repair(
      FeatureView view, FeatureTable table, Ledger runs, Runnable stillAlone) {
    RecordDifferences mended = repairOf(view, table, runs).mend(stillAlone);
    return new RunReport.Repaired(view.id(), Outcome.MENDED, mended);
  }

  /** Compares the records of a view with what the log has; nothing is written. */
  public RunReport.Repaired compare(FeatureView view, FeatureTable table, Ledger runs) {
    requireRun(view, runs);
    Outcome outcome = isShown(view, table, runs) ? Outcome.COMPARED : Outcome.COMPARED_UNPUBLISHED;
    return new RunReport.Repaired(view.id(), outcome, repairOf(view, table, runs).compare());
  }

  private Repair repairOf(FeatureView view, FeatureTable table, Ledger runs) {
    return new Repair(table, stores, online(view, table), runs);
  }

  private boolean isShown(FeatureView view, FeatureTable table, Ledger runs) {
    requireRun(view, runs);
    Publication next =
        new PublicationPlanner(view.timing(), runs).plan(store.marker(online(view, table)));
    return next instanceof Publication.UpToDate && revisions.isPresent();
  }

  private static Run requireRun(FeatureView view, Ledger runs) {
    return runs.last()
        .orElseThrow(
            () ->
                new NotFoundException(
                    "%s was never run; compute its past with: plumb materialize %s --from INSTANT, or begin with its newest refresh: plumb materialize %s"
                        .formatted(view.id(), view.id(), view.id())));
  }

  private RunReport.Published publish(
      FeatureView view, FeatureTable table, Ledger runs, PushDeadline deadline) {
    Run last = requireRun(view, runs);
    PublicationPlanner planner = new PublicationPlanner(view.timing(), runs);
    long now = Micros.of(clock.instant());
    if (now < planner.startsAt() && last.publishedAt().isEmpty()) {
      throw new UnavailableException(
          "%s: its newest refresh is to be served from %s, and the clock says %s; push again then"
              .formatted(view.id(), Micros.instant(planner.startsAt()), Micros.instant(now)));
    }
    OnlineView online = online(view, table);
    Publication publication = planner.plan(store.marker(online));
    Pushed pushed = push(publication, new Push(table, stores, online, deadline), view, runs);
    revisions.publishIfAbsent();
    Marker marker = mark(view, online, publication, planner);
    ledger.published(view.id(), marker.createdAt(), marker.publishedAt());
    return new RunReport.Published(view.id(), marker, pushed.records(), pushed.written());
  }

  /** The view as the store knows it. */
  private OnlineView online(FeatureView view, FeatureTable table) {
    return OnlineView.of(
        project,
        registry.shortId(view.id()),
        view.entity(),
        table.schema().keys().stream().map(Field::type).toList(),
        view.fields(),
        view.timing());
  }

  /** A store that shows the run already is given every record again: it may have lost some. */
  private static Pushed push(Publication publication, Push push, FeatureView view, Ledger runs) {
    if (publication instanceof Publication.PushChanged changed) {
      OptionalLong refresh =
          view.isWindowed()
              ? OptionalLong.of(runs.last().orElseThrow().lastRefresh())
              : OptionalLong.empty();
      return push.changed(changed.from().createdAt(), runs, refresh);
    }
    return publication instanceof Publication.CopyMarker ? new Pushed(0, 0) : push.everything(runs);
  }

  private Marker mark(
      FeatureView view, OnlineView online, Publication publication, PublicationPlanner planner) {
    if (publication instanceof Publication.CopyMarker copy) {
      return copy.marker();
    }
    Marker marker = begun(online, planner.marker(Micros.of(clock.instant())));
    if (publication instanceof Publication.UpToDate) {
      return marker;
    }
    Optional<Marker> from =
        publication instanceof Publication.PushChanged changed
            ? Optional.of(changed.from())
            : ((Publication.PushEverything) publication).from();
    if (!store.advance(online, from, marker)) {
      throw new ConflictException(
          "%s: its marker is no longer %s; another process publishes this view to the same store, see that one does"
              .formatted(view.id(), from));
    }
    return marker;
  }

  /** The marker that a push of the same run has moved a part of the store to before, if any. */
  private Marker begun(OnlineView online, Marker next) {
    return store
        .begun(online)
        .filter(marker -> marker.createdAt() == next.createdAt())
        .filter(marker -> marker.refresh() == next.refresh())
        .orElse(next);
  }
}
