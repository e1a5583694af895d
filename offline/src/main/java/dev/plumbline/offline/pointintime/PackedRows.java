package dev.plumbline.offline.pointintime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.Platform;

/**
 * Rows in few large arrays. As objects, millions of them would take twice the memory and keep the
 * garbage collector busy.
 */
final class PackedRows {
  private static final int PAGE = 1 << 20;

  private final List<byte[]> pages = new ArrayList<>();
  private int used = PAGE;

  /** Of each row its page, where it begins in it, and its size. */
  private int[] places = new int[3 * 1024];

  private int size;
  private long bytes;
  private final UnsafeRow row;

  /**
   * No rows yet.
   *
   * @param fields how many columns each has
   */
  PackedRows(int fields) {
    this.row = new UnsafeRow(fields);
  }

  int size() {
    return size;
  }

  /** How large they are, all in all. */
  long bytes() {
    return bytes;
  }

  void add(UnsafeRow added) {
    int length = added.getSizeInBytes();
    if (used + length > PAGE) {
      pages.add(new byte[Math.max(PAGE, length)]);
      used = 0;
    }
    added.writeToMemory(pages.get(pages.size() - 1), Platform.BYTE_ARRAY_OFFSET + (long) used);
    if (3 * size == places.length) {
      places = Arrays.copyOf(places, 2 * places.length);
    }
    places[3 * size] = pages.size() - 1;
    places[3 * size + 1] = used;
    places[3 * size + 2] = length;
    used += length;
    bytes += length;
    size++;
  }

  /**
   * The same rows in another order. To copy them costs less than to go through them out of order
   * later, when there is work to do between one row and the next.
   *
   * @param order the numbers that they have now
   */
  PackedRows inOrder(int[] order) {
    PackedRows ordered = new PackedRows(row.numFields());
    for (int number : order) {
      ordered.add(get(number));
    }
    return ordered;
  }

  /** The row of this number; the object is used again for the next one. */
  UnsafeRow get(int number) {
    int at = 3 * number;
    row.pointTo(
        pages.get(places[at]), Platform.BYTE_ARRAY_OFFSET + (long) places[at + 1], places[at + 2]);
    return row;
  }
}
