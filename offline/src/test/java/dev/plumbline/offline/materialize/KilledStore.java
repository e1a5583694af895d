package dev.plumbline.offline.materialize;

import dev.plumbline.store.OnlineRecord;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.OnlineView;
import dev.plumbline.store.ReadBatch;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.Marker;
import dev.plumbline.type.Bytes;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A store whose user dies after so many steps of its pushes: before a record is written, before the
 * marker is moved, or after that.
 */
class KilledStore implements OnlineStore {
  private final OnlineStore store;
  private final AtomicInteger stepsLeft;

  KilledStore(OnlineStore store, int steps) {
    this.store = store;
    this.stepsLeft = new AtomicInteger(steps);
  }

  /** The end of the process. */
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private void step() {
    if (stepsLeft.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
      throw new Killed(); // and whatever else its process does dies with it
    }
  }

  @Override
  public long write(OnlineView view, Iterator<OnlineRecord> records) {
    long written = 0;
    while (records.hasNext()) {
      OnlineRecord record = records.next();
      step();
      written += store.write(view, List.of(record));
    }
    return written;
  }

  @Override
  public void replace(OnlineView view, Collection<OnlineRecord> records) {
    for (OnlineRecord record : records) {
      step();
      store.replace(view, List.of(record));
    }
  }

  @Override
  public boolean keeps(OnlineView view, FeatureRow row, Instant written) {
    return store.keeps(view, row, written);
  }

  @Override
  public Optional<Marker> begun(OnlineView view) {
    return store.begun(view);
  }

  @Override
  public boolean advance(OnlineView view, Optional<Marker> expected, Marker next) {
    step();
    boolean advanced = store.advance(view, expected, next);
    step();
    return advanced;
  }

  @Override
  public CompletionStage<ReadBatch> read(ReadBatch batch) {
    return store.read(batch);
  }

  @Override
  public Optional<Marker> marker(OnlineView view) {
    return store.marker(view);
  }

  @Override
  public Iterator<Bytes> entityKeys(OnlineView view) {
    return store.entityKeys(view);
  }

  @Override
  public void delete(OnlineView view, Collection<Bytes> entityKeys) {
    store.delete(view, entityKeys);
  }

  @Override
  public Occupancy occupancy(OnlineView view) {
    return store.occupancy(view);
  }

  @Override
  public long forget(OnlineView view) {
    return store.forget(view);
  }

  @Override
  public void publishRevision(String project, PublishedRevision revision) {
    store.publishRevision(project, revision);
  }

  @Override
  public CompletionStage<Optional<PublishedRevision>> revision(String project) {
    return store.revision(project);
  }

  @Override
  public void close() {}
}
