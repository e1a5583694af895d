package dev.plumbline.offline.pointintime;

import java.util.Arrays;
import java.util.BitSet;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;

/** By number, what is kept of rows of a table: the features, and whether each is a tombstone. */
final class KeptRows {
  private final int tombstone;
  private final BitSet tombstones = new BitSet();
  private final ValueColumn[] values;

  /**
   * None yet.
   *
   * @param features their types
   * @param tombstone where a row says whether it is one; the features stand behind it
   * @param size how many numbers there are
   */
  KeptRows(DataType[] features, int tombstone, int size) {
    this.tombstone = tombstone;
    values = new ValueColumn[features.length];
    Arrays.setAll(values, i -> ValueColumn.of(features[i], size));
  }

  /** Keeps a row in the place of the one of this number. */
  void keep(int number, InternalRow row) {
    tombstones.set(number, row.getBoolean(tombstone));
    for (int i = 0; i < values.length; i++) {
      values[i].set(number, row, tombstone + 1 + i);
    }
  }

  boolean isTombstone(int number) {
    return tombstones.get(number);
  }

  /** Of each feature. */
  ValueColumn[] values() {
    return values;
  }
}
