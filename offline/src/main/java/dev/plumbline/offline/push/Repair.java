package dev.plumbline.offline.push;

import dev.plumbline.offline.RecordDifferences;
import dev.plumbline.offline.log.BucketedRows;
import dev.plumbline.offline.log.FeatureTable;
import dev.plumbline.offline.push.BucketComparison.Work;
import dev.plumbline.store.OnlineStores;
import dev.plumbline.store.OnlineView;
import dev.plumbline.timeline.Ledger;

/**
 * Makes the records of a view what the heads of its log are. The caller holds the view's lock, so
 * nobody pushes meanwhile; others may read, and find of each record the one or the other.
 */
final class Repair {
  private final FeatureTable table;
  private final OnlineStores stores;
  private final OnlineView view;
  private final PublicationTimes published;
  private final long stamp;

  /**
   * A repair up to the last of {@code runs}.
   *
   * @param runs not none
   */
  Repair(FeatureTable table, OnlineStores stores, OnlineView view, Ledger runs) {
    this.table = table;
    this.stores = stores;
    this.view = view;
    this.published = new PublicationTimes(runs);
    this.stamp = runs.last().orElseThrow().stamp();
  }

  /** The differences that there are; nothing is written. */
  RecordDifferences compare() {
    return work(Work.COUNT);
  }

  /**
   * The differences that there were, each mended. They are counted before the first of them is
   * mended, so that a task that is tried again does not count fewer.
   *
   * @param stillAlone throws if others may publish the view by now: what they wrote since would be
   *     taken for a difference
   */
  RecordDifferences mend(Runnable stillAlone) {
    RecordDifferences found = compare();
    if (found.total() > 0) {
      stillAlone.run();
      work(Work.MEND);
    }
    return found;
  }

  private RecordDifferences work(Work work) {
    return TaskFailures.unwrapped(
        () -> heads(work).plus(new ForeignRecords(table, stores, view).find(stamp, work)));
  }

  private RecordDifferences heads(Work work) {
    BucketComparison comparison =
        new BucketComparison(table.schema(), stores, view, published, work);
    return BucketedRows.ofTable(table.rowsUpTo(stamp))
        .mapPartitions(new NewestRows(table.schema())::of)
        .mapPartitions(comparison)
        .collect()
        .stream()
        .reduce(RecordDifferences.NONE, RecordDifferences::plus);
  }
}
