package dev.plumbline.offline.push;

import dev.plumbline.offline.log.BucketedRows;
import dev.plumbline.offline.log.FeatureTable;
import dev.plumbline.store.OnlineRecord;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.OnlineView;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Writes newest rows of a committed log to the online store, by compare-and-set. Doing it again
 * changes nothing.
 */
public final class Push {
  private static final int RECORDS_AT_ONCE = 5_000;

  private final FeatureTable table;
  private final OnlineStore store;
  private final OnlineView view;

  public Push(FeatureTable table, OnlineStore store, OnlineView view) {
    this.table = table;
    this.store = store;
    this.view = view;
  }

  /**
   * What a push did.
   *
   * @param records sent
   * @param written of those, what the store did not have in a newer or the same form
   */
  public record Pushed(long records, long written) {
    private Pushed plus(long more, long moreWritten) {
      return new Pushed(records + more, written + moreWritten);
    }
  }

  /** The newest row of every entity, over the runs up to {@code stamp}. */
  public Pushed everything(long stamp) {
    return write(table.rowsUpTo(stamp));
  }

  /** The newest row of each entity that runs after {@code after} and up to {@code stamp} wrote. */
  public Pushed changed(long after, long stamp) {
    return write(table.rows(after, stamp));
  }

  private Pushed write(Dataset<Row> rows) {
    NewestRows newest = new NewestRows(table.schema());
    Iterator<InternalRow> heads =
        BucketedRows.ofTable(rows).mapPartitions(newest::of).toLocalIterator();
    Pushed pushed = new Pushed(0, 0);
    List<OnlineRecord> batch = new ArrayList<>(RECORDS_AT_ONCE);
    while (heads.hasNext()) {
      InternalRow row = heads.next();
      batch.add(new OnlineRecord(table.schema().entityKey(row), table.schema().featureRow(row)));
      if (batch.size() == RECORDS_AT_ONCE || !heads.hasNext()) {
        pushed = pushed.plus(batch.size(), store.write(view, batch));
        batch.clear();
      }
    }
    return pushed;
  }
}
