package dev.plumbline.online;

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
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A store that hands everything on to another, for tests that look at something in between. */
abstract class ForwardingStore implements OnlineStore {
  private final OnlineStore store;

  ForwardingStore(OnlineStore store) {
    this.store = store;
  }

  @Override
  public CompletionStage<ReadBatch> read(ReadBatch batch) {
    return store.read(batch);
  }

  @Override
  public long write(OnlineView view, Iterator<OnlineRecord> records) {
    return store.write(view, records);
  }

  @Override
  public void replace(OnlineView view, Collection<OnlineRecord> records) {
    store.replace(view, records);
  }

  @Override
  public boolean keeps(OnlineView view, FeatureRow row, Instant written) {
    return store.keeps(view, row, written);
  }

  @Override
  public Optional<Marker> marker(OnlineView view) {
    return store.marker(view);
  }

  @Override
  public Optional<Marker> begun(OnlineView view) {
    return store.begun(view);
  }

  @Override
  public boolean advance(OnlineView view, Optional<Marker> expected, Marker next) {
    return store.advance(view, expected, next);
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
  public void close() {
    store.close();
  }
}
