package dev.plumbline.store;

import dev.plumbline.store.ClusterLayout.Master;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What one master of a cluster is asked, in one pipeline: its markers of all views, the records
 * that lie there, the markers again. What it answers is kept here, since other nodes answer
 * meanwhile.
 */
final class NodeRead implements ReadCommand.Items {
  private final ReadBatch batch;
  private final Master master;
  private final Runnable ended;
  private final ByteRuns markerKeys = new ByteRuns();
  private int[] entities = new int[16];
  private int[] slots = new int[16];
  private int size;

  private final ByteRuns values = new ByteRuns();
  private final BitSet absent = new BitSet();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final AtomicBoolean hasEnded = new AtomicBoolean();
  private volatile @Nullable Throwable failure;
  private int found;
  private boolean markersMoved;

  /**
   * A read of nothing but markers so far.
   *
   * @param ended is told once that there will be no more answers
   */
  NodeRead(ReadBatch batch, Master master, Runnable ended) {
    this.batch = batch;
    this.master = master;
    this.ended = ended;
    byte[] place = master.places().get(0).get(0).getBytes(StandardCharsets.UTF_8);
    ByteRuns plain = batch.views().markerKeys();
    for (int view = 0; view < plain.runs(); view++) {
      markerKeys.append(plain.array(), plain.from(view), plain.to(view));
      markerKeys.append(place, 0, place.length);
      markerKeys.close();
    }
  }

  /**
   * Adds an entity, those of a slot one after the other.
   *
   * @return its place among them
   */
  int add(int entity, int slot) {
    if (size == entities.length) {
      entities = Arrays.copyOf(entities, 2 * size);
      slots = Arrays.copyOf(slots, 2 * size);
    }
    entities[size] = entity;
    slots[size] = slot;
    return size++;
  }

  /**
   * Sends all commands with one flush.
   *
   * @param bundled whether keys of a slot are asked for together; while a slot moves, that cannot
   *     be answered
   */
  void send(RedisCluster cluster, boolean bundled) {
    List<ReadCommand> commands = commands(bundled);
    unanswered.set(commands.size());
    var unused =
        cluster
            .connectionTo(master)
            .thenAccept(connection -> connection.dispatch(commands))
            .exceptionally(
                cause -> {
                  breakOff(RedisFailure.unwrapped(cause));
                  return null;
                });
  }

  private List<ReadCommand> commands(boolean bundled) {
    List<ReadCommand> commands = new ArrayList<>(2 + size);
    int views = markerKeys.runs();
    commands.add(new ReadCommand(this, 0, views));
    for (int from = 0; from < size; ) {
      int to = from + 1;
      while (bundled
          && to < size
          && slots[to] == slots[from]
          && to - from < ReadCommand.MOST_KEYS) {
        to++;
      }
      commands.add(new ReadCommand(this, views + from, views + to));
      from = to;
    }
    commands.add(new ReadCommand(this, views + size, views + size + views));
    return commands;
  }

  private boolean isEntity(int item) {
    int views = markerKeys.runs();
    return item >= views && item < views + size;
  }

  @Override
  public ByteRuns keys(int item) {
    return isEntity(item) ? batch.keys() : markerKeys;
  }

  @Override
  public int key(int item) {
    int views = markerKeys.runs();
    return item < views ? item : isEntity(item) ? entities[item - views] : item - views - size;
  }

  @Override
  public void found(@Nullable ByteBuffer value) {
    if (failure != null) {
      return; // what follows is not where it should be
    }
    int item = found++;
    if (item < markerKeys.runs() + size) {
      if (value == null) {
        absent.set(item);
      } else {
        values.append(value);
      }
      values.close();
    } else {
      ByteBuffer before = value(key(item));
      markersMoved |= value == null ? before != null : !value.equals(before);
    }
  }

  @Override
  public void answered() {
    if (unanswered.decrementAndGet() == 0) {
      end();
    }
  }

  @Override
  public void fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
    answered();
  }

  private void breakOff(Throwable cause) {
    failure = cause;
    end();
  }

  private void end() {
    if (hasEnded.compareAndSet(false, true)) {
      if (failure == null && found < 2 * markerKeys.runs() + size) {
        failure = new IllegalStateException("it answered less than it was asked");
      }
      ended.run();
    }
  }

  /** Why there is no answer; null if there is one. */
  @Nullable Throwable failure() {
    return failure;
  }

  /** Whether it may be said that a record is absent: not if its marker moved meanwhile. */
  boolean holds() {
    return !markersMoved || absent.nextSetBit(markerKeys.runs()) < 0;
  }

  void appendMarkerKeys(ByteRuns to) {
    for (int view = 0; view < markerKeys.runs(); view++) {
      to.append(markerKeys.array(), markerKeys.from(view), markerKeys.to(view));
      to.close();
    }
  }

  /** What was found: of markers first, then of entities in their places. */
  @Nullable ByteBuffer value(int item) {
    return absent.get(item)
        ? null
        : ByteBuffer.wrap(values.array(), values.from(item), values.length(item));
  }
}
