package dev.plumbline.offline.pointintime;

import dev.plumbline.offline.log.BucketedRows;
import dev.plumbline.offline.log.RowBatch;
import dev.plumbline.timeline.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.api.java.JavaRDD;

/**
 * Scans of tables, planned beside whatever else the driver does: most of that time it waits for a
 * catalog and for small files.
 */
final class TableScans implements AutoCloseable {
  private static final int THREADS = 4;

  /** They take over the session, job group and class loader of the thread that asks. */
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  private final List<Future<JavaRDD<RowBatch>>> planned = new ArrayList<>();

  /** Begins to plan. */
  TableScans(List<RoleRead> reads) {
    reads.forEach(read -> planned.add(threads.submit(() -> rows(read))));
  }

  /** Rows of later runs may be among them; the view's visibility does not know these. */
  private static JavaRDD<RowBatch> rows(RoleRead read) {
    long position = read.log().ledger().last().map(Run::stamp).orElse(Long.MIN_VALUE);
    return BucketedRows.ofFiles(read.log().table().rowsUpTo(position, read.features()));
  }

  /** Of each view its rows, partition i those of bucket i. */
  List<JavaRDD<RowBatch>> get() {
    List<JavaRDD<RowBatch>> scans = new ArrayList<>();
    for (Future<JavaRDD<RowBatch>> each : planned) {
      scans.add(get(each));
    }
    return scans;
  }

  private static JavaRDD<RowBatch> get(Future<JavaRDD<RowBatch>> planned) {
    try {
      return planned.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while tables were read", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
