package dev.plumbline.offline.pointintime;

import dev.plumbline.offline.log.RowKeys;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Numbers the entities of a bucket from 0: a hash table with open addressing. Entities that share a
 * hash are told apart by their keys.
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

  /** The one found last; the next row is often of it, or of the one behind it. */
  private int last;

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
    long hash = keys.hashOf(row);
    if (last + 1 < size) {
      if (isOf(last, hash, row)) {
        return last;
      }
      if (isOf(last + 1, hash, row)) {
        return ++last;
      }
    }
    int found = table[place(hash, row)];
    if (found != NONE) {
      last = found;
    }
    return found;
  }

  /**
   * The number of the entity of {@code row}, a new one if it has none.
   *
   * @param number of the row among those known
   */
  int add(InternalRow row, int number) {
    long hash = keys.hashOf(row);
    int place = place(hash, row);
    if (table[place] != NONE) {
      return table[place];
    }
    if (2 * (size + 1) > table.length) {
      grow();
      place = place(hash, row);
    }
    hashes[size] = hash;
    examples[size] = number;
    table[place] = size;
    return size++;
  }

  /**
   * Numbers them anew in the order of their hashes, in which files hold them too: who reads a file
   * goes through what is kept by number in order.
   *
   * @return by its former number the number of each
   */
  int[] sort() {
    long[] sorted = Arrays.copyOf(hashes, size);
    Arrays.sort(sorted);
    int[] numbers = new int[size];
    int[] sortedExamples = new int[size];
    boolean[] taken = new boolean[size];
    for (int entity = 0; entity < size; entity++) {
      int number = Arrays.binarySearch(sorted, hashes[entity]);
      while (number > 0 && sorted[number - 1] == hashes[entity]) {
        number--;
      }
      while (taken[number]) {
        number++;
      }
      taken[number] = true;
      numbers[entity] = number;
      sortedExamples[number] = examples[entity];
    }
    System.arraycopy(sorted, 0, hashes, 0, size);
    System.arraycopy(sortedExamples, 0, examples, 0, size);
    for (int place = 0; place < table.length; place++) {
      if (table[place] != NONE) {
        table[place] = numbers[table[place]];
      }
    }
    return numbers;
  }

  /**
   * Tells where the rows known are now.
   *
   * @param numbers by its former number that of each
   */
  void move(int[] numbers) {
    for (int entity = 0; entity < size; entity++) {
      examples[entity] = numbers[examples[entity]];
    }
  }

  private int place(long hash, InternalRow row) {
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
