package dev.plumbline.store;

import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.Marker;
import dev.plumbline.type.Bytes;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An online store that lives and dies with its process. It holds the same bytes under the same keys
 * as Redis does.
 */
public final class InMemoryOnlineStore implements OnlineStore {
  private record Entry(Bytes value, Instant expiresAt) {}

  private final InstantSource clock;
  private final Map<Bytes, Entry> entries = new HashMap<>();

  public InMemoryOnlineStore(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized CompletionStage<ReadBatch> read(ReadBatch batch) {
    batch.clearValues();
    find(batch, batch.views().markerKeys());
    find(batch, batch.keys());
    return CompletableFuture.completedFuture(batch);
  }

  private void find(ReadBatch batch, ByteRuns keys) {
    for (int key = 0; key < keys.runs(); key++) {
      byte[] value = get(keys.copy(key));
      batch.found(value == null ? null : ByteBuffer.wrap(value));
    }
  }

  @Override
  public long write(OnlineView view, Iterator<OnlineRecord> records) {
    StoredView stored = StoredView.of(view);
    long written = 0;
    while (records.hasNext()) {
      written += write(stored, records.next());
    }
    return written;
  }

  private synchronized int write(StoredView view, OnlineRecord record) {
    byte[] key = view.keys().of(record.entityKey());
    byte[] value = view.codec().encode(key, record.row());
    byte[] held = get(key);
    if (held != null && !RecordCodec.replaces(value, held)) {
      return 0;
    }
    put(key, value, expiry(view, record.row()));
    return 1;
  }

  private Instant expiry(StoredView view, FeatureRow row) {
    Instant now = clock.instant();
    return view.lifeOf(row, now).map(now::plus).orElse(Instant.MAX);
  }

  @Override
  public synchronized void replace(OnlineView view, Collection<OnlineRecord> records) {
    StoredView stored = StoredView.of(view);
    for (OnlineRecord record : records) {
      byte[] key = stored.keys().of(record.entityKey());
      put(key, stored.codec().encode(key, record.row()), expiry(stored, record.row()));
    }
  }

  @Override
  public boolean keeps(OnlineView view, FeatureRow row, Instant written) {
    return StoredView.of(view).keeps(row, written, clock.instant());
  }

  @Override
  public synchronized Optional<Marker> marker(OnlineView view) {
    byte[] key = new RecordKeys(view).marker();
    return MarkerCodec.decode(key, get(key));
  }

  @Override
  public synchronized boolean advance(OnlineView view, Optional<Marker> expected, Marker next) {
    if (!marker(view).equals(expected)) {
      return false;
    }
    byte[] key = new RecordKeys(view).marker();
    put(key, MarkerCodec.encode(key, next), Instant.MAX);
    return true;
  }

  @Override
  public synchronized Iterator<Bytes> entityKeys(OnlineView view) {
    RecordKeys keys = new RecordKeys(view);
    return keys(key -> true).stream()
        .flatMap(key -> keys.entityKey(key).stream())
        .toList()
        .iterator();
  }

  @Override
  public synchronized void delete(OnlineView view, Collection<Bytes> entityKeys) {
    RecordKeys keys = new RecordKeys(view);
    entityKeys.forEach(entityKey -> entries.remove(Bytes.owning(keys.of(entityKey))));
  }

  @Override
  public synchronized Occupancy occupancy(OnlineView view) {
    RecordKeys keys = new RecordKeys(view);
    List<byte[]> records = keys(key -> keys.entityKey(key).isPresent());
    List<byte[]> markers = keys(keys::isMarker);
    long bytes =
        Stream.concat(records.stream(), markers.stream())
            .mapToLong(key -> key.length + Objects.requireNonNull(get(key)).length)
            .sum();
    return new Occupancy(records.size(), markers.size(), bytes);
  }

  @Override
  public synchronized long forget(OnlineView view) {
    RecordKeys keys = new RecordKeys(view);
    List<byte[]> records = keys(key -> keys.entityKey(key).isPresent());
    keys(keys::isMarker).forEach(key -> entries.remove(Bytes.owning(key)));
    records.forEach(key -> entries.remove(Bytes.owning(key)));
    return records.size();
  }

  /** Those under which something lies. */
  private List<byte[]> keys(Predicate<byte[]> wanted) {
    return entries.keySet().stream()
        .map(Bytes::toByteArray)
        .filter(key -> wanted.test(key) && get(key) != null)
        .toList();
  }

  @Override
  public synchronized void publishRevision(String project, PublishedRevision revision) {
    byte[] key = RecordKeys.revision(project);
    put(key, RevisionCodec.encode(key, revision), Instant.MAX);
  }

  @Override
  public synchronized CompletionStage<Optional<PublishedRevision>> revision(String project) {
    byte[] key = RecordKeys.revision(project);
    try {
      return CompletableFuture.completedFuture(
          Optional.ofNullable(get(key)).map(value -> RevisionCodec.decode(key, value)));
    } catch (UnreadableBytesException e) {
      return CompletableFuture.failedFuture(
          new StoreUnavailableException("the registry revision is unreadable; apply it again", e));
    }
  }

  @Override
  public void close() {}

  /** Puts bytes there, whatever they are and whatever is held. */
  synchronized void put(byte[] key, byte[] value, Instant expiresAt) {
    entries.put(Bytes.copyOf(key), new Entry(Bytes.copyOf(value), expiresAt));
  }

  /** The bytes under a key; null if there are none any more. */
  synchronized byte @Nullable [] get(byte[] key) {
    Entry entry = entries.get(Bytes.owning(key));
    return entry == null || !clock.instant().isBefore(entry.expiresAt())
        ? null
        : entry.value().toByteArray();
  }

  /** When what lies under a key goes; empty: never, or there is nothing. */
  synchronized Optional<Instant> expiryOf(byte[] key) {
    return Optional.ofNullable(entries.get(Bytes.owning(key)))
        .map(Entry::expiresAt)
        .filter(expiry -> expiry.isBefore(Instant.MAX));
  }
}
