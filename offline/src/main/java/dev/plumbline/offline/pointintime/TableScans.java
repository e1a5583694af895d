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
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, TableScans::daemon);

  private final List<Planned> planned = new ArrayList<>();

  /** Begins to plan. */
  TableScans(List<RoleRead> reads) {
    for (RoleRead read : reads) {
      planned.add(new Planned(read.log().table().name(), threads.submit(() -> rows(read))));
    }
  }

  private record Planned(String table, Future<JavaRDD<RowBatch>> rows) {}

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "plan of a table");
    thread.setDaemon(true);
    return thread;
  }

  /** Rows of later runs may be among them; the view's visibility does not know these. */
  private static JavaRDD<RowBatch> rows(RoleRead read) {
    long position = read.log().ledger().last().map(Run::stamp).orElse(Long.MIN_VALUE);
    return BucketedRows.ofFiles(read.log().table().rowsUpTo(position, read.features()));
  }

  /** Of each view its rows, partition i those of bucket i. */
  List<JavaRDD<RowBatch>> get() {
    return planned.stream().map(TableScans::get).toList();
  }

  private static JavaRDD<RowBatch> get(Planned planned) {
    try {
      return planned.rows().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while tables were read", e);
    } catch (ExecutionException e) {
      Throwable failure = e.getCause();
      if (failure instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      if (failure instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException( // Scala throws checked ones too
          "table %s cannot be read: %s".formatted(planned.table(), failure), failure);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
