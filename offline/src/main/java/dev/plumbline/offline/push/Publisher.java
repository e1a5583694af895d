package dev.plumbline.offline.push;

import dev.plumbline.definition.FeatureView;
import dev.plumbline.failure.ConflictException;
import dev.plumbline.failure.NotFoundException;
import dev.plumbline.failure.UnavailableException;
import dev.plumbline.offline.RunReport;
import dev.plumbline.offline.log.FeatureTable;
import dev.plumbline.offline.push.Push.Pushed;
import dev.plumbline.registry.RevisionRegistry;
import dev.plumbline.registry.RunLedger;
import dev.plumbline.store.OnlineStore;
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
  private final String project;
  private final OnlineStore store;
  private final RunLedger ledger;
  private final RevisionRegistry registry;
  private final InstantSource clock;

  public Publisher(
      String project,
      OnlineStore store,
      RunLedger ledger,
      RevisionRegistry registry,
      InstantSource clock) {
    this.project = project;
    this.store = store;
    this.ledger = ledger;
    this.registry = registry;
    this.clock = clock;
  }

  /**
   * Publishes the last of {@code runs}.
   *
   * @throws UnavailableException if its newest row is not yet to be served by the clock
   * @throws ConflictException if another process moved the marker
   */
  public RunReport.Published publish(FeatureView view, FeatureTable table, Ledger runs) {
    if (runs.last().isEmpty()) {
      throw new NotFoundException(
          "%s was never run; compute its past with: plumb materialize %s --from INSTANT, or begin with its newest refresh: plumb materialize %s"
              .formatted(view.id(), view.id(), view.id()));
    }
    PublicationPlanner planner = new PublicationPlanner(view.timing(), runs);
    long now = Micros.of(clock.instant());
    if (now < planner.startsAt() && runs.last().orElseThrow().publishedAt().isEmpty()) {
      throw new UnavailableException(
          "%s: its newest refresh is to be served from %s, and the clock says %s; push again then"
              .formatted(view.id(), Micros.instant(planner.startsAt()), Micros.instant(now)));
    }
    OnlineView online = online(view, table);
    Publication publication = planner.plan(store.marker(online));
    Pushed pushed =
        push(publication, new Push(table, store, online), view, runs.last().orElseThrow());
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
  private static Pushed push(Publication publication, Push push, FeatureView view, Run last) {
    if (publication instanceof Publication.PushChanged changed) {
      OptionalLong refresh =
          view.isWindowed() ? OptionalLong.of(last.lastRefresh()) : OptionalLong.empty();
      return push.changed(changed.from().createdAt(), last.stamp(), refresh);
    }
    return publication instanceof Publication.CopyMarker
        ? new Pushed(0, 0)
        : push.everything(last.stamp());
  }

  private Marker mark(
      FeatureView view, OnlineView online, Publication publication, PublicationPlanner planner) {
    if (publication instanceof Publication.CopyMarker copy) {
      return copy.marker();
    }
    Marker marker = planner.marker(Micros.of(clock.instant()));
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
}
