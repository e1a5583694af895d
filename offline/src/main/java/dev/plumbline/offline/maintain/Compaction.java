package dev.plumbline.offline.maintain;

import dev.plumbline.offline.log.LogSchema;
import dev.plumbline.type.Field;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.actions.BinPackRewriteFilePlanner;
import org.apache.iceberg.actions.RewriteDataFiles;
import org.apache.iceberg.actions.RewriteFileGroup;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.spark.sql.SparkSession;

/**
 * Puts the small files of each bucket together, sorted by key and time.
 *
 * <p>A file that has grown to its size is never touched again. So files are generations: all rows
 * of one are of runs before those of the next, and a reader that asks for rows of recent runs, or
 * of recent event times in a live view, passes over the older ones by the statistics of their
 * columns. What small files there are at a time are the newest generation, and become one file.
 */
final class Compaction {
  private static final long TARGET_BYTES = 128L << 20;

  private static final Map<String, String> OPTIONS =
      Map.of(
          RewriteDataFiles.TARGET_FILE_SIZE_BYTES,
          String.valueOf(TARGET_BYTES),
          BinPackRewriteFilePlanner.MIN_INPUT_FILES,
          "2");

  private final SparkSession spark;
  private final Table table;

  Compaction(SparkSession spark, Table table) {
    this.spark = spark;
    this.table = table;
  }

  /** How many files would be put together. */
  long plan() {
    BinPackRewriteFilePlanner planner = new BinPackRewriteFilePlanner(table);
    planner.init(OPTIONS);
    long files = 0;
    try (CloseableIterable<RewriteFileGroup> groups = planner.plan().groups()) {
      for (RewriteFileGroup group : groups) {
        files += group.inputFileNum();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /**
   * Does it, in one commit.
   *
   * @return how many files were put together
   */
  long run(LogSchema schema) {
    SortOrder.Builder order = SortOrder.builderFor(table.schema());
    for (Field key : schema.keys()) {
      order.asc(key.name());
    }
    order.asc(LogSchema.EVENT_TIME).asc(LogSchema.AVAILABLE_AT).asc(LogSchema.CREATED_AT);
    return SparkActions.get(spark)
        .rewriteDataFiles(table)
        .sort(order.build())
        .options(OPTIONS)
        .execute()
        .rewrittenDataFilesCount();
  }
}
