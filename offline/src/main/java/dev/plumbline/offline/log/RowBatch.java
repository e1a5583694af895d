package dev.plumbline.offline.log;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Rows that can be looked at in any order, until the next batch is asked for. */
public interface RowBatch {
  int size();

  /** The row of this number; the object is used again for the next one. */
  InternalRow row(int number);

  static RowBatch of(ColumnarBatch batch) {
    return new RowBatch() {
      @Override
      public int size() {
        return batch.numRows();
      }

      @Override
      public InternalRow row(int number) {
        return batch.getRow(number);
      }
    };
  }

  static RowBatch of(InternalRow row) {
    return new RowBatch() {
      @Override
      public int size() {
        return 1;
      }

      @Override
      public InternalRow row(int number) {
        return row;
      }
    };
  }
}
