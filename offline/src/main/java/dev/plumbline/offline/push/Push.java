package dev.plumbline.offline.push;

import dev.plumbline.offline.log.BucketedRows;
import dev.plumbline.offline.log.FeatureTable;
import dev.plumbline.offline.log.LogSchema;
import dev.plumbline.store.OnlineStores;
import dev.plumbline.store.OnlineView;
import dev.plumbline.timeline.Ledger;
import java.io.Serializable;
import java.util.OptionalLong;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Writes newest rows of a committed log to the online store, by compare-and-set: a task for each
 * bucket, wherever Spark runs it. Doing it again changes nothing.
 */
final class Push {
  private final FeatureTable table;
  private final BucketWriter writer;

  Push(FeatureTable table, OnlineStores stores, OnlineView view, PushDeadline deadline) {
    this.table = table;
    this.writer = new BucketWriter(table.schema(), stores, view, deadline);
  }

  /**
   * What a push did.
   *
   * @param records sent
   * @param written of those, what the store did not have in a newer or the same form. Of a task
   *     that failed and was tried again the last attempt counts
   */
  record Pushed(long records, long written) implements Serializable {
    Pushed plus(Pushed more) {
      return new Pushed(records + more.records, written + more.written);
    }
  }

  /** The newest row of every entity, over these runs. */
  Pushed everything(Ledger runs) {
    return write(table.heads().newest(runs));
  }

  /**
   * The newest row of each entity that those of {@code runs} wrote that came after {@code after}.
   *
   * <p>What a run wrote for its own refresh is the newest there is. A row of an earlier time may
   * not be: then the heads are asked, since the store may have forgotten the tombstone that is
   * newer.
   *
   * @param refresh of the last run; absent in a row view, whose rows have times of their own
   */
  Pushed changed(long after, Ledger runs, OptionalLong refresh) {
    Dataset<Row> changed = table.rows(after, runs.last().orElseThrow().stamp());
    String earlier =
        "%s < timestamp_micros(%dL)".formatted(LogSchema.EVENT_TIME, refresh.orElse(0));
    if (refresh.isPresent() && changed.where(earlier).isEmpty()) {
      return write(BucketedRows.ofTable(changed).mapPartitions(new NewestRows(table.schema())::of));
    }
    NewestRows newest = new NewestRows(table.schema());
    return write(
        table.heads().newest(runs).zipPartitions(BucketedRows.ofTable(changed), newest::ofThoseIn));
  }

  private Pushed write(JavaRDD<InternalRow> newest) {
    return TaskFailures.unwrapped(() -> newest.mapPartitions(writer).collect()).stream()
        .reduce(new Pushed(0, 0), Pushed::plus);
  }
}
