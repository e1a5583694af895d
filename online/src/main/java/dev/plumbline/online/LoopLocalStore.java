package dev.plumbline.online;

import dev.plumbline.store.OnlineRecord;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.OnlineView;
import dev.plumbline.store.ReadBatch;
import dev.plumbline.store.RedisAddress;
import dev.plumbline.store.RedisOnlineStore;
import dev.plumbline.store.RedisSettings;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.Marker;
import dev.plumbline.type.Bytes;
import io.netty.channel.EventLoop;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One Redis with a connection per event loop (and node, if it is a cluster). What an event loop
 * reads is answered on that loop, so that a call, its look-ups and its reply stay on one thread:
 * hops between threads cost more than all the rest. Only a read that is not answered in time ends
 * on another thread, the store's own.
 */
final class LoopLocalStore implements OnlineStore {
  /** The connection of one loop. */
  private record Local(EventLoop loop, RedisOnlineStore store) {}

  private final List<Local> locals = new ArrayList<>();

  private LoopLocalStore() {}

  /**
   * A store with a connection for each event loop.
   *
   * @throws dev.plumbline.store.StoreUnavailableException if there is no Redis that answers
   */
  static LoopLocalStore connect(
      RedisAddress address, RedisSettings settings, InstantSource clock, EventLoops loops) {
    LoopLocalStore all = new LoopLocalStore();
    try {
      for (EventLoop loop : loops.each()) {
        all.locals.add(new Local(loop, RedisOnlineStore.connect(address, settings, clock, loop)));
      }
    } catch (RuntimeException e) {
      all.close();
      throw e;
    }
    return all;
  }

  @Override
  public CompletionStage<ReadBatch> read(ReadBatch batch) {
    return here().read(batch);
  }

  /** The store of this thread, if it is a loop's; else that of a random loop. */
  private RedisOnlineStore here() {
    for (Local local : locals) {
      if (local.loop().inEventLoop()) {
        return local.store();
      }
    }
    return locals.get(ThreadLocalRandom.current().nextInt(locals.size())).store();
  }

  private RedisOnlineStore any() {
    return locals.get(0).store();
  }

  @Override
  public long write(OnlineView view, Iterator<OnlineRecord> records) {
    return any().write(view, records);
  }

  @Override
  public void replace(OnlineView view, Collection<OnlineRecord> records) {
    any().replace(view, records);
  }

  @Override
  public boolean keeps(OnlineView view, FeatureRow row, Instant written) {
    return any().keeps(view, row, written);
  }

  @Override
  public Optional<Marker> marker(OnlineView view) {
    return any().marker(view);
  }

  @Override
  public Optional<Marker> begun(OnlineView view) {
    return any().begun(view);
  }

  @Override
  public boolean advance(OnlineView view, Optional<Marker> expected, Marker next) {
    return any().advance(view, expected, next);
  }

  @Override
  public Iterator<Bytes> entityKeys(OnlineView view) {
    return any().entityKeys(view);
  }

  @Override
  public void delete(OnlineView view, Collection<Bytes> entityKeys) {
    any().delete(view, entityKeys);
  }

  @Override
  public Occupancy occupancy(OnlineView view) {
    return any().occupancy(view);
  }

  @Override
  public long forget(OnlineView view) {
    return any().forget(view);
  }

  @Override
  public void publishRevision(String project, PublishedRevision revision) {
    any().publishRevision(project, revision);
  }

  @Override
  public CompletionStage<Optional<PublishedRevision>> revision(String project) {
    return any().revision(project);
  }

  @Override
  public void close() {
    locals.forEach(local -> local.store().close());
  }
}
