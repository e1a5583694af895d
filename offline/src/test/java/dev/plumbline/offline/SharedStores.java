package dev.plumbline.offline;

import dev.plumbline.store.OnlineRecord;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.OnlineStores;
import dev.plumbline.store.OnlineView;
import dev.plumbline.store.ReadBatch;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.Marker;
import dev.plumbline.type.Bytes;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Opens the very store of a test in tasks of the same process, and leaves it open for the next.
 *
 * @param number under which the store is found
 */
public record SharedStores(int number) implements OnlineStores {
  private static final Map<Integer, OnlineStore> STORES = new ConcurrentHashMap<>();
  private static final AtomicInteger NEXT = new AtomicInteger();

  public static SharedStores of(OnlineStore store) {
    SharedStores shared = new SharedStores(NEXT.getAndIncrement());
    STORES.put(shared.number, store);
    return shared;
  }

  @Override
  public OnlineStore open() {
    return new StaysOpen(STORES.get(number));
  }

  private record StaysOpen(OnlineStore store) implements OnlineStore {
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
    public void close() {}
  }
}
