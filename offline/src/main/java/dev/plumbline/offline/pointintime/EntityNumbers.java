package dev.plumbline.offline.pointintime;

import dev.plumbline.offline.log.RowKeys;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Numbers the entities of a bucket from 0: a hash table with open addressing, of the hashes that
 * rows bring along. Entities that share a hash are told apart by their keys.
 */
final class EntityNumbers {
  private static final int NONE = -1;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final RowKeys keys;
  private final IntFunction<InternalRow> known;

  /** Numbers, at the place that the hash says or behind it; at most half of it is used. */
  private int[] table = filled(1 << 10);

  private long[] hashes = new long[1 << 9];
  private int[] examples = new int[1 << 9];
  private int size;

  /**
   * No entities yet.
   *
   * @param known by number, the rows whose entities are added
   */
  EntityNumbers(RowKeys keys, IntFunction<InternalRow> known) {
    this.keys = keys;
    this.known = known;
  }

  private static int[] filled(int length) {
    int[] table = new int[length];
    Arrays.fill(table, NONE);
    return table;
  }

  int size() {
    return size;
  }

  /** The number of the entity of {@code row}; negative: it was not added. */
  int find(InternalRow row) {
    return table[place(row)];
  }

  /**
   * The number of the entity of {@code row}, a new one if it has none.
   *
   * @param number of the row among those known
   */
  int add(InternalRow row, int number) {
    int place = place(row);
    if (table[place] != NONE) {
      return table[place];
    }
    if (2 * (size + 1) > table.length) {
      grow();
      place = place(row);
    }
    hashes[size] = RowKeys.hash(row);
    examples[size] = number;
    table[place] = size;
    return size++;
  }

  private int place(InternalRow row) {
    long hash = RowKeys.hash(row);
    int place = start(hash);
    while (table[place] != NONE && !isOf(table[place], hash, row)) {
      place = (place + 1) & (table.length - 1);
    }
    return place;
  }

  private boolean isOf(int entity, long hash, InternalRow row) {
    return hashes[entity] == hash
        && (keys.areToldByHash() || keys.same(known.apply(examples[entity]), row));
  }

  private int start(long hash) {
    return (int) ((hash * GOLDEN) >>> Long.numberOfLeadingZeros(table.length - 1L));
  }

  private void grow() {
    table = filled(2 * table.length);
    hashes = Arrays.copyOf(hashes, table.length / 2);
    examples = Arrays.copyOf(examples, table.length / 2);
    for (int entity = 0; entity < size; entity++) {
      int place = start(hashes[entity]);
      while (table[place] != NONE) {
        place = (place + 1) & (table.length - 1);
      }
      table[place] = entity;
    }
  }
}
