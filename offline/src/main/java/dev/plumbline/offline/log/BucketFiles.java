package dev.plumbline.offline.log;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.RegistryBasedFileWriterFactory;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.io.RollingDataWriter;
import org.apache.iceberg.spark.source.SerializableTableWithSize;
import org.apache.iceberg.util.PropertyUtil;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/**
 * Writes buckets to data files of a table, each in the task that computes it.
 *
 * <p>Iceberg's own writer, but not at the end of a Spark query, which would copy each row into
 * another form, only for every value to be boxed out of that again.
 */
final class BucketFiles {
  private final Table table;
  private final StructType struct;

  private BucketFiles(Table table, StructType struct) {
    this.table = table;
    this.struct = struct;
  }

  /**
   * Files of all these rows, where they belong but not yet part of the table. What a failed task
   * had written is deleted; what others had written beside it stays until maintenance finds it.
   *
   * @param struct whose last column is the bucket
   * @param rows of {@code struct} and perhaps more columns after it, partition i holding bucket i
   */
  static List<DataFile> write(Table table, StructType struct, JavaRDD<InternalRow> rows) {
    String operation = UUID.randomUUID().toString();
    Broadcast<Table> shared =
        JavaSparkContext.fromSparkContext(rows.context())
            .broadcast(SerializableTableWithSize.copyOf(table));
    return rows.mapPartitionsWithIndex(
            (bucket, each) ->
                new BucketFiles(shared.value(), struct).write(bucket, each, operation),
            true)
        .collect();
  }

  private Iterator<DataFile> write(int bucket, Iterator<InternalRow> rows, String operation)
      throws IOException {
    if (!rows.hasNext()) {
      return List.<DataFile>of().iterator();
    }
    RollingDataWriter<InternalRow> writer = writer(bucket, operation);
    try {
      while (rows.hasNext()) {
        InternalRow row = rows.next();
        requireOf(bucket, row);
        writer.write(row);
      }
      writer.close();
      return writer.result().dataFiles().iterator();
    } catch (Throwable e) { // the task is over, whatever it was
      discard(writer, e);
      throw e;
    }
  }

  /** A file names its bucket for all rows: one that is elsewhere would not be seen any more. */
  private void requireOf(int bucket, InternalRow row) {
    int found = row.getInt(struct.length() - 1);
    if (found != bucket) {
      throw new IllegalStateException(
          "a row of bucket %d is in partition %d".formatted(found, bucket));
    }
  }

  private RollingDataWriter<InternalRow> writer(int bucket, String operation) {
    TaskContext task = TaskContext.get();
    OutputFileFactory files =
        OutputFileFactory.builderFor(table, bucket, task.taskAttemptId())
            .format(FileFormat.PARQUET)
            .operationId(operation)
            .build();
    PartitionKey partition = new PartitionKey(table.spec(), table.schema());
    partition.set(0, bucket);
    long size =
        PropertyUtil.propertyAsLong(
            table.properties(),
            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT);
    return new RollingDataWriter<>(
        new Parquet(table, struct), files, table.io(), size, table.spec(), partition);
  }

  private void discard(RollingDataWriter<InternalRow> writer, Throwable failure) {
    try {
      writer.close();
      for (DataFile file : writer.result().dataFiles()) {
        table.io().deleteFile(file.location());
      }
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private static final class Parquet
      extends RegistryBasedFileWriterFactory<InternalRow, StructType> {
    private static final long serialVersionUID = 1;

    Parquet(Table table, StructType struct) {
      super(
          table,
          FileFormat.PARQUET,
          InternalRow.class,
          table.schema(),
          table.sortOrder(),
          FileFormat.PARQUET,
          null,
          null,
          null,
          Map.of(),
          struct,
          null);
    }
  }
}
