package dev.plumbline.timeline.run;

import dev.plumbline.timeline.Marker;
import java.util.Optional;

/** What a push of a view has to do, given its ledger and the marker that the store shows. */
public sealed interface Publication {
  /** Nothing: the store shows the last run, or there is none. */
  record UpToDate() implements Publication {}

  /**
   * A push ended and was stopped before the ledger learned of it: the last run was published at
   * {@code marker.publishedAt()}.
   */
  record CopyMarker(Marker marker) implements Publication {}

  /**
   * The newest row of each entity with a row of the last run is to be written, then the marker is
   * to be moved on from {@code from}.
   */
  record PushChanged(Marker from) implements Publication {}

  /**
   * The newest row of every entity is to be written, then the marker is to be moved on from {@code
   * from}: the store is not where the run before left it.
   */
  record PushEverything(Optional<Marker> from) implements Publication {}
}
