package dev.plumbline.store;

import dev.plumbline.timeline.Marker;
import dev.plumbline.type.Bytes;
import dev.plumbline.type.ValueBytes;
import java.io.DataOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One read of the store: entities of several views, each of them once, and then what the store
 * holds of them. It is made for one read after the other, grows to the largest and allocates no
 * more. Not thread-safe: from {@link OnlineStore#read(ReadBatch)} until its outcome it is the
 * store's.
 */
public final class ReadBatch {
  private static final int LEAST_SLOTS = 16;
  private static final int FREE = -1;

  /** Where the bitmap of nulls begins if there is none. */
  public static final int NO_NULLS = -1;

  /** What one key held. */
  public enum Held {
    /** Nothing. */
    NOTHING,
    /** Bytes that are not a record of this key and view. */
    UNREADABLE,
    /** The record of an entity that is gone. */
    TOMBSTONE,
    /** A record of values. */
    VALUES
  }

  private @Nullable ViewSet views;

  /** Of records, one for each entity. */
  private final ByteRuns keys = new ByteRuns();

  private int[] viewOf = new int[LEAST_SLOTS];

  /** Open addressing from a key to its entity. */
  private int[] slots = new int[LEAST_SLOTS];

  private int slotsInUse = LEAST_SLOTS;

  /** Of the markers that were found, in their order: of all views on one node after the other. */
  private ByteRuns markerKeys = new ByteRuns();

  private int nodes = 1;

  /** By entity, where there are several nodes. */
  private int[] nodeOf = {};

  /** Markers, then records, as they were found. */
  private final ByteRuns values = new ByteRuns();

  /** Which of them are nothing. */
  private final BitSet absent = new BitSet();

  private final DataOutputStream keyOutput = new DataOutputStream(new StuffedOutput(keys));
  private boolean markersMoved;

  /**
   * Forgets the last read and begins one of these views.
   *
   * @param entities about how many will be added
   */
  public void begin(ViewSet of, int entities) {
    views = of;
    keys.clear();
    slotsInUse = Math.max(LEAST_SLOTS, 4 * Integer.highestOneBit(entities));
    clearSlots();
    clearValues();
  }

  /** Forgets what was found, to look once more. */
  void clearValues() {
    values.clear();
    absent.clear();
    markersMoved = false;
    markerKeys = views().markerKeys();
    nodes = 1;
  }

  /**
   * Says that what is found next comes from several nodes: the markers of all views on each of
   * them, then the records.
   *
   * @param keysOfMarkers of all views on the first node, then on the next
   * @param servedBy the node of each entity
   */
  void spreadOver(int count, ByteRuns keysOfMarkers, int[] servedBy) {
    nodes = count;
    markerKeys = keysOfMarkers;
    nodeOf = servedBy;
  }

  ViewSet views() {
    if (views == null) {
      throw new IllegalStateException("the batch was not begun");
    }
    return views;
  }

  /** How many entities are looked up. */
  public int size() {
    return keys.runs();
  }

  /**
   * Adds an entity, unless it is among those of its view.
   *
   * @param view its position in the set
   * @param key canonical values of its keys, none of them null
   * @return by which what is found of it is asked for, 0 or more
   */
  public int add(int view, List<? extends @Nullable Object> key) {
    StoredView of = views().view(view);
    of.keys().begin(keys);
    ValueBytes.write(of.view().keyTypes(), key, keyOutput);
    return added(view);
  }

  /** {@link #add(int, List)} of {@link ValueBytes}. */
  public int add(int view, Bytes entityKey) {
    views().view(view).keys().begin(keys);
    for (byte b : entityKey.toByteArray()) {
      RecordKeys.stuff(b, keys);
    }
    return added(view);
  }

  private int added(int view) {
    views().view(view).keys().end(keys);
    int entity = keys.close();
    int slot = slotOf(entity);
    if (slots[slot] != FREE) {
      keys.drop();
      return slots[slot];
    }
    slots[slot] = entity;
    if (entity == viewOf.length) {
      viewOf = Arrays.copyOf(viewOf, 2 * entity);
    }
    viewOf[entity] = view;
    if (2 * keys.runs() > slotsInUse) {
      growSlots();
    }
    return entity;
  }

  /** Where a key is, or would be. */
  private int slotOf(int entity) {
    int slot = keys.hash(entity) & slotsInUse - 1;
    while (slots[slot] != FREE && !keys.equal(slots[slot], entity)) {
      slot = slot + 1 & slotsInUse - 1;
    }
    return slot;
  }

  private void growSlots() {
    slotsInUse *= 2;
    clearSlots();
    for (int entity = 0; entity < keys.runs(); entity++) {
      slots[slotOf(entity)] = entity;
    }
  }

  private void clearSlots() {
    if (slots.length < slotsInUse) {
      slots = new int[slotsInUse];
    }
    Arrays.fill(slots, 0, slotsInUse, FREE);
  }

  /** The markers, then the records: what is asked for before the markers are asked for again. */
  int items() {
    return views().size() + keys.runs();
  }

  /** The keys among which that of an entity is, at its own number. */
  ByteRuns keys() {
    return keys;
  }

  /** Takes what was found under the next key: of the markers first, then of the entities. */
  void found(@Nullable ByteBuffer value) {
    if (value == null) {
      absent.set(values.runs());
    } else {
      values.append(value);
    }
    values.close();
  }

  /** Takes what was found under the key of a marker at the end. */
  void foundAgain(int view, @Nullable ByteBuffer value) {
    if (value == null) {
      markersMoved |= !absent.get(view);
    } else {
      markersMoved |=
          absent.get(view)
              || !value.equals(
                  ByteBuffer.wrap(values.array(), values.from(view), values.length(view)));
    }
  }

  /** Whether it may be said that a record is absent: not if its marker moved meanwhile. */
  boolean holds() {
    if (markersMoved) {
      for (int entity = 0; entity < keys.runs(); entity++) {
        if (isAbsent(entity)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean isAbsent(int entity) {
    return absent.get(run(entity));
  }

  private int run(int entity) {
    return markerKeys.runs() + entity;
  }

  /** How many nodes served the batch, each with markers of its own. */
  public int nodes() {
    return nodes;
  }

  /** Which of them served an entity. */
  public int nodeOf(int entity) {
    return nodes == 1 ? 0 : nodeOf[entity];
  }

  /**
   * The publication of a view, on all nodes: the oldest; absent: on one of them the view is not
   * loaded, and nothing may be said of it.
   */
  public Optional<Marker> marker(int view) {
    return nodes == 1
        ? marker(view, 0)
        : RedisMarkers.oldest(
            IntStream.range(0, nodes).mapToObj(node -> marker(view, node)).toList());
  }

  /** The publication of a view on one node, by which its records are judged. */
  public Optional<Marker> marker(int view, int node) {
    int run = node * views().size() + view;
    return absent.get(run) ? Optional.empty() : MarkerCodec.decode(markerKeys, run, values, run);
  }

  /** What was found of an entity. */
  public Held held(int entity) {
    return isAbsent(entity) ? Held.NOTHING : codec(entity).held(keys, entity, values, run(entity));
  }

  /** In microseconds, of an entity of which a record was found. */
  public long eventTime(int entity) {
    return RecordCodec.eventTime(values.array(), values.from(run(entity)));
  }

  /** In microseconds, of an entity of which a record was found. */
  public long createdAt(int entity) {
    return RecordCodec.createdAt(values.array(), values.from(run(entity)));
  }

  /** The canonical value of a feature, of an entity of which values were found. */
  public @Nullable Object value(int entity, int feature) {
    return isNull(entity, feature)
        ? null
        : columnsOf(entity).value(values.array(), columns(entity), feature);
  }

  private boolean isNull(int entity, int feature) {
    return RecordCodec.isNull(values.array(), values.from(run(entity)), feature);
  }

  /**
   * Where the bitmap of nulls begins in {@link #array}, bit {@code i % 8} of byte {@code i / 8}
   * being set if feature {@code i} is null; {@link #NO_NULLS} if there is none. Of an entity of
   * which values were found.
   */
  public int nulls(int entity) {
    int from = values.from(run(entity));
    return RecordCodec.hasNulls(values.array(), from) ? from + RecordCodec.COLUMNS : NO_NULLS;
  }

  /** How many features the view of an entity has. */
  public int features(int entity) {
    return views().view(viewOf[entity]).view().features().size();
  }

  /** Which view of the set an entity is looked up in. */
  public int viewOf(int entity) {
    return viewOf[entity];
  }

  /** About how many bytes of memory are kept for the next read. */
  public int room() {
    long numbers = (long) slots.length + viewOf.length + nodeOf.length;
    long bytes = keys.room() + values.room() + Integer.BYTES * numbers;
    return (int) Math.min(Integer.MAX_VALUE, bytes);
  }

  /** The array in which all records lie; valid until the batch begins anew. */
  public byte[] array() {
    return values.array();
  }

  /**
   * Where the slots begin in {@link #array}, as {@code docs/spec/online-record.md} has them: each
   * at its place ({@link ViewSet#slot}), then the tails. Of an entity of which values were found.
   */
  public int columns(int entity) {
    int from = values.from(run(entity));
    int columns = from + RecordCodec.COLUMNS;
    return RecordCodec.hasNulls(values.array(), from) ? columns + codec(entity).bitmap() : columns;
  }

  /** Where the tail of a feature begins in {@link #array}; its slot holds the length. */
  public int tail(int entity, int feature) {
    return columnsOf(entity).tail(values.array(), columns(entity), feature);
  }

  private Columns columnsOf(int entity) {
    return codec(entity).columns(values.array(), values.from(run(entity)));
  }

  private RecordCodec codec(int entity) {
    return views().view(viewOf[entity]).codec();
  }

  /**
   * What was found, one reading for each view.
   *
   * @param entities of each view
   */
  List<Reading> readings(List<int[]> entities) {
    List<Reading> readings = new ArrayList<>(entities.size());
    for (int view = 0; view < entities.size(); view++) {
      List<Reading.Found> records =
          Arrays.stream(entities.get(view)).mapToObj(this::record).toList();
      readings.add(new Reading(marker(view), records));
    }
    return readings;
  }

  /** What was found of an entity, as an object. */
  private Reading.Found record(int entity) {
    if (isAbsent(entity)) {
      return new Reading.Found.Absent();
    }
    return codec(entity).decode(keys, entity, values, run(entity));
  }
}
