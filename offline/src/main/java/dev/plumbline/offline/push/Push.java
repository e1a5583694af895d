package dev.plumbline.offline.push;

import dev.plumbline.offline.log.BucketedRows;
import dev.plumbline.offline.log.FeatureTable;
import dev.plumbline.offline.log.LogSchema;
import dev.plumbline.store.OnlineRecord;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.OnlineView;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.api.java.JavaRDD;
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

  /**
   * The newest row of each entity that runs after {@code after} and up to {@code stamp} wrote.
   *
   * <p>What a run wrote for its own refresh is the newest there is. A row of an earlier time may
   * not be: then the whole log is asked, since the store may have forgotten the tombstone that is
   * newer.
   *
   * @param refresh of the last run; absent in a row view, whose rows have times of their own
   */
  public Pushed changed(long after, long stamp, OptionalLong refresh) {
    Dataset<Row> changed = table.rows(after, stamp);
    String earlier =
        "%s < timestamp_micros(%dL)".formatted(LogSchema.EVENT_TIME, refresh.orElse(0));
    if (refresh.isPresent() && changed.where(earlier).isEmpty()) {
      return write(changed);
    }
    NewestRows newest = new NewestRows(table.schema());
    return write(
        BucketedRows.ofTable(table.rowsUpTo(stamp))
            .zipPartitions(BucketedRows.ofTable(changed), newest::ofThoseIn));
  }

  private Pushed write(Dataset<Row> rows) {
    return write(BucketedRows.ofTable(rows).mapPartitions(new NewestRows(table.schema())::of));
  }

  private Pushed write(JavaRDD<InternalRow> newest) {
    Iterator<InternalRow> heads = newest.toLocalIterator();
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
