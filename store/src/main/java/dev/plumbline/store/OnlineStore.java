package dev.plumbline.store;

import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.Marker;
import dev.plumbline.type.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
   * Reads records and markers in one round trip, records under the markers that were read with or
   * before them. A record is called absent only if its view's marker was the same after it.
   *
   * @param batch begun and filled; of the store until the outcome, and for good if that is a
   *     failure
   * @return the batch, with what was found
   */
  CompletionStage<ReadBatch> read(ReadBatch batch);

  /**
   * {@link #read(ReadBatch)} where objects are no burden.
   *
   * @return one reading per lookup, in that order
   */
  default CompletionStage<List<Reading>> read(List<Lookup> lookups) {
    ReadBatch batch = new ReadBatch();
    batch.begin(
        ViewSet.of(lookups.stream().map(Lookup::view).toList()),
        lookups.stream().mapToInt(lookup -> lookup.entityKeys().size()).sum());
    List<int[]> entities = new ArrayList<>(lookups.size());
    for (int i = 0; i < lookups.size(); i++) {
      int view = i;
      entities.add(
          lookups.get(i).entityKeys().stream().mapToInt(key -> batch.add(view, key)).toArray());
    }
    CompletableFuture<List<Reading>> readings = new CompletableFuture<>();
    read(batch)
        .thenApply(found -> found.readings(entities))
        .whenComplete(
            (found, failure) -> {
              if (failure == null) {
                readings.complete(found);
              } else {
                readings.completeExceptionally(RedisFailure.unwrapped(failure));
              }
            });
    return readings;
  }

  /**
   * Writes each record unless the store already holds one of the same or a newer time ({@link
   * dev.plumbline.timeline.RowTime}), atomically per record. A bounded number of records is on its
   * way at once, whatever {@code records} yields; what it throws ends the writing.
   *
   * @return how many were written
   */
  long write(OnlineView view, Iterator<OnlineRecord> records);

  /** {@link #write(OnlineView, Iterator)} of records that are at hand. */
  default int write(OnlineView view, Collection<OnlineRecord> records) {
    return Math.toIntExact(write(view, records.iterator()));
  }

  /**
   * Writes each record whatever the store holds under its key, atomically per record: a reader
   * finds the one or the other. For repair, under the view's lock.
   */
  void replace(OnlineView view, Collection<OnlineRecord> records);

  /**
   * Whether a row that was written at {@code written} is still to be held now: false of a tombstone
   * and of a row of a row view once their time is over.
   */
  boolean keeps(OnlineView view, FeatureRow row, Instant written);

  Optional<Marker> marker(OnlineView view);

  /**
   * The marker to which a push that was stopped has moved a part of a store that has several, if
   * there is such a one: the next push of the same run moves the rest to it, so that a run is
   * published at one instant.
   */
  default Optional<Marker> begun(OnlineView view) {
    return Optional.empty();
  }

  /**
   * Moves the marker from {@code expected} (absent: none) to {@code next}; of several at once one
   * succeeds. Whoever writes records asks for the {@link #marker} before: that they are still there
   * is what the new one says.
   *
   * @return false, with nothing changed, if the marker is another
   */
  boolean advance(OnlineView view, Optional<Marker> expected, Marker next);

  /**
   * All entity keys that have a record of this view, looked for as the iterator is advanced: in no
   * order, some perhaps more than once. Slow; for repair.
   */
  Iterator<Bytes> entityKeys(OnlineView view);

  /** About how many records of a view there are, and whose. Changes nothing. */
  default RecordSample sample(OnlineView view) {
    return RecordSample.counted(entityKeys(view));
  }

  /** Removes the records of these entities. For repair, under the view's lock. */
  void delete(OnlineView view, Collection<Bytes> entityKeys);

  /**
   * What a store holds of one view.
   *
   * @param markers one, or one and more for each node of a cluster
   * @param bytes of keys and values; what a store needs to keep them comes on top
   */
  record Occupancy(long records, long markers, long bytes) {
    public boolean isNothing() {
      return records == 0 && markers == 0;
    }
  }

  /**
   * What there is of this view. Slow; what is there throughout is counted, some of it perhaps twice
   * while a store grows or shrinks.
   */
  Occupancy occupancy(OnlineView view);

  /**
   * Removes the view's markers, then its records, so that meanwhile nothing is said of it rather
   * than that an entity has none. What is stopped is to be done again. Slow; under the view's lock.
   *
   * @return how many records were there
   */
  long forget(OnlineView view);

  /** Makes {@code revision} the one that servers of this project use. */
  void publishRevision(String project, PublishedRevision revision);

  /**
   * The revision that servers of this project use; empty: none was published. Of bytes that are no
   * revision the failure {@linkplain StoreUnavailableException#isUnreadable says so}.
   */
  CompletionStage<Optional<PublishedRevision>> revision(String project);

  /** The registry revision as servers read it: its fingerprint and canonical JSON. */
  record PublishedRevision(String fingerprint, String json) {}

  @Override
  void close();
}
