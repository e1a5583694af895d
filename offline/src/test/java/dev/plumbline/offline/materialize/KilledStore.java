package dev.plumbline.offline.materialize;

import dev.plumbline.store.OnlineRecord;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.OnlineView;
import dev.plumbline.store.Reading;
import dev.plumbline.timeline.Marker;
import dev.plumbline.type.Bytes;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A store whose user dies after so many steps of its pushes: before a record is written, before the
 * marker is moved, or after that.
 */
class KilledStore implements OnlineStore {
  private final OnlineStore store;
  private int stepsLeft;

  KilledStore(OnlineStore store, int steps) {
    this.store = store;
    this.stepsLeft = steps;
  }

  /** The end of the process. */
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private void step() {
    if (stepsLeft-- == 0) {
      throw new Killed();
    }
  }

  @Override
  public int write(OnlineView view, Collection<OnlineRecord> records) {
    int written = 0;
    for (OnlineRecord record : records) {
      step();
      written += store.write(view, List.of(record));
    }
    return written;
  }

  @Override
  public boolean advance(OnlineView view, Optional<Marker> expected, Marker next) {
    step();
    boolean advanced = store.advance(view, expected, next);
    step();
    return advanced;
  }

  @Override
  public CompletionStage<List<Reading>> read(List<Lookup> lookups) {
    return store.read(lookups);
  }

  @Override
  public Optional<Marker> marker(OnlineView view) {
    return store.marker(view);
  }

  @Override
  public List<Bytes> entityKeys(OnlineView view) {
    return store.entityKeys(view);
  }

  @Override
  public void delete(OnlineView view, Collection<Bytes> entityKeys) {
    store.delete(view, entityKeys);
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
