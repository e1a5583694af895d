package dev.plumbline.store;

import dev.plumbline.timeline.Marker;
import dev.plumbline.type.Bytes;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The newest row per entity and view version, and the markers that say which publication they
 * belong to. Thread-safe.
 *
 * <p>Every method throws, and every stage fails with, {@link StoreUnavailableException} if the
 * store does not answer in time; whatever was sent may then have happened or not, and doing it
 * again is safe.
 */
public interface OnlineStore extends AutoCloseable {
  /**
   * Keys of one view to read.
   *
   * @param entityKeys {@link dev.plumbline.type.ValueBytes} of key values
   */
  record Lookup(OnlineView view, List<Bytes> entityKeys) {
    public Lookup {
      entityKeys = List.copyOf(entityKeys);
    }
  }

  /**
   * Reads records and markers in one round trip: markers, records, markers. A record is called
   * absent only if its view's marker was the same before and after.
   *
   * @return one reading per lookup, in that order
   */
  CompletionStage<List<Reading>> read(List<Lookup> lookups);

  /**
   * Writes each record unless the store already holds one of the same or a newer time ({@link
   * dev.plumbline.timeline.RowTime}), atomically per record.
   *
   * @return how many were written
   */
  int write(OnlineView view, Collection<OnlineRecord> records);

  Optional<Marker> marker(OnlineView view);

  /**
   * Moves the marker from {@code expected} (absent: none) to {@code next}, atomically.
   *
   * @return false, with nothing changed, if the marker is another
   */
  boolean advance(OnlineView view, Optional<Marker> expected, Marker next);

  /** All entity keys that have a record of this view, in no order. Slow; for repair. */
  List<Bytes> entityKeys(OnlineView view);

  /** Removes the records of these entities. For repair, under the view's lock. */
  void delete(OnlineView view, Collection<Bytes> entityKeys);

  /** Makes {@code revision} the one that servers of this project use. */
  void publishRevision(String project, PublishedRevision revision);

  CompletionStage<Optional<PublishedRevision>> revision(String project);

  /** The registry revision as servers read it: its fingerprint and canonical JSON. */
  record PublishedRevision(String fingerprint, String json) {}

  @Override
  void close();
}
