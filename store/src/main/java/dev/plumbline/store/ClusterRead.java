package dev.plumbline.store;

import dev.plumbline.store.ClusterLayout.Master;
import io.lettuce.core.cluster.SlotHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A read of a cluster that is under way: one {@link NodeRead} for each master that has some of the
 * records, all at once. A master that sends elsewhere, or cannot answer just now, makes it look who
 * has which slot and begin anew, until its time is over.
 */
final class ClusterRead implements RedisReader.Read {
  private static final long FIRST_PAUSE_MILLIS = 5;
  private static final long LONGEST_PAUSE_MILLIS = 100;

  private final RedisCluster cluster;
  private final ScheduledExecutorService executor;
  private final ReadBatch batch;
  private final CompletableFuture<ReadBatch> outcome = new CompletableFuture<>();
  private int attempts;
  private int moves;
  private volatile @Nullable Throwable misdirection;

  /** A read that was not sent yet. */
  ClusterRead(RedisCluster cluster, ScheduledExecutorService executor, ReadBatch batch) {
    this.cluster = cluster;
    this.executor = executor;
    this.batch = batch;
  }

  @Override
  public CompletableFuture<ReadBatch> outcome() {
    return outcome;
  }

  @Override
  public void send() {
    if (outcome.isDone()) {
      return;
    }
    attempts++;
    new Attempt(cluster.layout()).send();
  }

  /** One look at every node that has something to say. */
  private final class Attempt {
    private final ClusterLayout layout;
    private final List<NodeRead> nodes = new ArrayList<>();
    private final int[] nodeOf = new int[batch.size()];
    private final int[] placeOf = new int[batch.size()];
    private final AtomicInteger unanswered = new AtomicInteger();

    Attempt(ClusterLayout layout) {
      this.layout = layout;
    }

    void send() {
      int unowned = distribute();
      if (unowned >= 0) {
        again(new IllegalStateException("CLUSTERDOWN nobody has slot " + unowned));
        return;
      }
      unanswered.set(nodes.size());
      nodes.forEach(node -> node.send(cluster, attempts == 1));
    }

    /**
     * Gives each entity to the node of its slot; returns a slot that nobody has, or less than 0.
     */
    private int distribute() {
      NodeRead[] byOwner = new NodeRead[layout.masters().size()];
      int[] numbers = new int[byOwner.length];
      if (batch.size() == 0) {
        for (Master master : layout.masters()) {
          nodes.add(new NodeRead(batch, master, this::ended));
        }
      }
      for (long entityInSlot : entitiesBySlot()) {
        int slot = (int) (entityInSlot >>> Integer.SIZE);
        int entity = (int) entityInSlot;
        int owner = layout.ownerOf(slot);
        if (owner < 0) {
          return slot;
        }
        if (byOwner[owner] == null) {
          byOwner[owner] = new NodeRead(batch, layout.masters().get(owner), this::ended);
          numbers[owner] = nodes.size();
          nodes.add(byOwner[owner]);
        }
        nodeOf[entity] = numbers[owner];
        placeOf[entity] = byOwner[owner].add(entity, slot);
      }
      return layout.masters().isEmpty() ? 0 : -1;
    }

    /** Slot and entity in one number each, in the order of slots. */
    private long[] entitiesBySlot() {
      ByteRuns keys = batch.keys();
      long[] entities = new long[batch.size()];
      for (int entity = 0; entity < entities.length; entity++) {
        entities[entity] = (long) SlotHash.getSlot(keys.copy(entity)) << Integer.SIZE | entity;
      }
      Arrays.sort(entities);
      return entities;
    }

    /** One of the nodes has answered everything, or will not. */
    private void ended() {
      if (unanswered.decrementAndGet() == 0 && !outcome.isDone()) {
        conclude();
      }
    }

    private void conclude() {
      Throwable misdirected = null;
      for (NodeRead node : nodes) {
        Throwable failure = node.failure();
        if (failure != null && !RedisCluster.isMisdirected(failure)) {
          fail(failure);
          return;
        }
        misdirected = failure == null ? misdirected : failure;
      }
      if (misdirected != null) {
        again(misdirected);
      } else if (nodes.stream().allMatch(NodeRead::holds)) {
        merge();
        outcome.complete(batch);
      } else if (++moves < PendingRead.ATTEMPTS_WHILE_MARKERS_MOVE) {
        ClusterRead.this.send();
      } else {
        outcome.completeExceptionally(PendingRead.markersMoved(cluster.address()));
      }
    }

    private void merge() {
      ByteRuns markerKeys = new ByteRuns();
      nodes.forEach(node -> node.appendMarkerKeys(markerKeys));
      batch.clearValues();
      batch.spreadOver(nodes.size(), markerKeys, nodeOf);
      int views = batch.views().size();
      for (NodeRead node : nodes) {
        for (int view = 0; view < views; view++) {
          batch.found(node.value(view));
        }
      }
      for (int entity = 0; entity < batch.size(); entity++) {
        batch.found(nodes.get(nodeOf[entity]).value(views + placeOf[entity]));
      }
    }
  }

  /** Tries once more when it is known who has which slot. */
  private void again(Throwable why) {
    misdirection = why;
    long pause = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(attempts, 10));
    cluster
        .look()
        .thenRun(
            () -> {
              try {
                var unused = executor.schedule(this::send, pause, TimeUnit.MILLISECONDS);
              } catch (RejectedExecutionException e) {
                fail(e); // the store was closed
              }
            });
  }

  @Override
  public void fail(Throwable failure) {
    Throwable why = misdirection;
    Throwable told = failure instanceof TimeoutException && why != null ? why : failure;
    if (outcome.completeExceptionally(cluster.outcomes().unavailable(told))) {
      cluster.look();
    }
  }
}
