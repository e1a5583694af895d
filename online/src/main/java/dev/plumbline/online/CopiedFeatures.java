package dev.plumbline.online;

import dev.plumbline.online.ReplyPlan.Copied;
import dev.plumbline.serving.v1.Column;
import dev.plumbline.serving.v1.Doubles;
import dev.plumbline.serving.v1.FeatureColumn;
import dev.plumbline.store.BigEndian;
import dev.plumbline.store.ReadBatch;
import dev.plumbline.wire.BackwardsWriter;
import dev.plumbline.wire.LittleEndian;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes the features of a reply whose values are copied from records. Used for one reply after the
 * other; not thread-safe.
 */
final class CopiedFeatures {
  /** Of every packed list of values, and of every text. */
  private static final int VALUES = Doubles.VALUES_FIELD_NUMBER;

  private final BackwardsWriter out;

  CopiedFeatures(BackwardsWriter out) {
    this.out = out;
  }

  /**
   * Writes everything of a feature but its name.
   *
   * @param of the view that it is of
   * @return in how many rows it is null
   */
  int write(Copied feature, ViewRows of, int rows, ReadBatch batch) {
    BitSet empty = of.empty(feature.feature());
    if (rows == 1 && empty.isEmpty() && feature.single().isPresent()) {
      single(feature, feature.single().get(), of, batch);
      return 0;
    }
    out.integerEvenIfZero(FeatureColumn.VIEW_FIELD_NUMBER, feature.read());
    int column = out.size();
    absentRows(feature, of, empty);
    int values = out.size();
    if (feature.form().isElsewhere()) {
      texts(feature, of, empty, rows, batch);
    } else {
      numbers(feature, of, empty, rows, batch.array());
    }
    out.endOf(feature.form().field(), values);
    out.endOf(FeatureColumn.COLUMN_FIELD_NUMBER, column);
    return statuses(of, of.nulls(feature.feature()), rows);
  }

  private void single(Copied feature, SingleRow around, ViewRows of, ReadBatch batch) {
    out.raw(around.after(), 0, around.after().length);
    out.fixed64(BigEndian.getLong(batch.array(), of.columns()[0] + feature.slot()));
    out.raw(around.before(), 0, around.before().length);
  }

  /** Rows without a value, for which none stands in. */
  private void absentRows(Copied feature, ViewRows of, BitSet empty) {
    int position = out.size();
    for (int row = empty.length() - 1; row >= 0; row = empty.previousSetBit(row - 1)) {
      if (standIn(feature, of, row) == null) {
        out.varint(row);
      }
    }
    if (out.size() > position) {
      out.endOf(Column.ABSENT_FIELD_NUMBER, position);
    }
  }

  private static ValueForm.@Nullable Value standIn(Copied feature, ViewRows of, int emptyRow) {
    return feature.whenAbsent().isPresent() && of.isAbsent(emptyRow)
        ? feature.whenAbsent().get()
        : null;
  }

  private static long standInBits(Copied feature, ViewRows of, int emptyRow) {
    ValueForm.Value standIn = standIn(feature, of, emptyRow);
    return standIn == null ? 0 : standIn.bits();
  }

  private void numbers(Copied feature, ViewRows of, BitSet empty, int rows, byte[] records) {
    int position = out.size();
    switch (feature.form()) {
      case DOUBLE, TIMESTAMP -> longs(feature, of, empty, rows, records);
      case FLOAT -> {
        for (int row = rows - 1; row >= 0; row--) {
          out.fixed32((int) bits(feature, of, empty, row, records));
        }
      }
      case BOOLEAN -> {
        for (int row = rows - 1; row >= 0; row--) {
          out.raw((byte) bits(feature, of, empty, row, records));
        }
      }
      default -> {
        for (int row = rows - 1; row >= 0; row--) {
          out.zigZag(bits(feature, of, empty, row, records));
        }
      }
    }
    out.endOf(VALUES, position);
  }

  /** Most features are doubles: theirs are copied without a look at each row, then mended. */
  private void longs(Copied feature, ViewRows of, BitSet empty, int rows, byte[] records) {
    int at = out.claim(rows * Long.BYTES);
    byte[] reply = out.array();
    if (!of.areEmpty()) {
      int[] columns = of.columns();
      int slot = feature.slot();
      for (int row = 0; row < rows; row++) {
        LittleEndian.putLong(
            reply, at + row * Long.BYTES, BigEndian.getLong(records, columns[row] + slot));
      }
    }
    for (int row = empty.nextSetBit(0); row >= 0; row = empty.nextSetBit(row + 1)) {
      LittleEndian.putLong(reply, at + row * Long.BYTES, standInBits(feature, of, row));
    }
  }

  private static long bits(Copied feature, ViewRows of, BitSet empty, int row, byte[] records) {
    if (empty.get(row)) {
      return standInBits(feature, of, row);
    }
    int at = of.columns()[row] + feature.slot();
    return switch (feature.form().width()) {
      case Long.BYTES -> BigEndian.getLong(records, at);
      case Integer.BYTES -> BigEndian.getInt(records, at);
      default -> records[at];
    };
  }

  /** The content of the message of texts, one field each. */
  private void texts(Copied feature, ViewRows of, BitSet empty, int rows, ReadBatch batch) {
    for (int row = rows - 1; row >= 0; row--) {
      int position = out.size();
      if (empty.get(row)) {
        ValueForm.Value standIn = standIn(feature, of, row);
        if (standIn != null) {
          out.raw(standIn.content(), 0, standIn.content().length);
        }
      } else {
        int length = BigEndian.getInt(batch.array(), of.columns()[row] + feature.slot());
        out.raw(batch.array(), batch.tail(of.entity(row), feature.feature()), length);
      }
      out.endOf(VALUES, position);
    }
  }

  /** Those of a view, but for the rows in which a feature is null; says how many these are. */
  private int statuses(ViewRows of, BitSet nulls, int rows) {
    int position = out.size();
    out.raw(of.statuses(), 0, rows);
    int at = out.array().length - out.size();
    int count = 0;
    for (int row = nulls.nextSetBit(0); row >= 0; row = nulls.nextSetBit(row + 1)) {
      out.array()[at + row] = WireStatus.NULL;
      count++;
    }
    out.endOf(FeatureColumn.STATUSES_FIELD_NUMBER, position);
    return count;
  }
}
