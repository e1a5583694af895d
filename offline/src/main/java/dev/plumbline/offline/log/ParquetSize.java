package dev.plumbline.offline.log;

import java.io.IOException;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.encryption.EncryptedFiles;
import org.apache.iceberg.formats.FormatModelRegistry;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/**
 * What rows would take up in a log.
 *
 * @param bytes of the files that hold them
 */
public record ParquetSize(long rows, long bytes) implements Serializable {
  private static final ParquetSize NOTHING = new ParquetSize(0, 0);

  /**
   * Computes the rows and writes them nowhere.
   *
   * @param rows of {@link LogSchema#struct}, each partition holding one bucket
   */
  public static ParquetSize of(LogSchema schema, JavaRDD<InternalRow> rows) {
    StructType struct = schema.struct();
    return rows.mapPartitions(each -> List.of(of(struct, each)).iterator())
        .fold(NOTHING, ParquetSize::plus);
  }

  private static ParquetSize of(StructType struct, Iterator<InternalRow> rows) throws IOException {
    if (!rows.hasNext()) {
      return NOTHING;
    }
    long count = 0;
    DataWriter<InternalRow> writer = writer(struct);
    try (writer) {
      for (; rows.hasNext(); count++) {
        writer.write(rows.next());
      }
    }
    return new ParquetSize(count, writer.length());
  }

  private static DataWriter<InternalRow> writer(StructType struct) throws IOException {
    return FormatModelRegistry.<InternalRow, StructType>dataWriteBuilder(
            FileFormat.PARQUET,
            InternalRow.class,
            EncryptedFiles.plainAsEncryptedOutput(new Nowhere()))
        .schema(SparkSchemaUtil.convert(struct))
        .engineSchema(struct)
        .setAll(BucketedTable.FILES)
        .spec(PartitionSpec.unpartitioned())
        .build();
  }

  private ParquetSize plus(ParquetSize other) {
    return new ParquetSize(rows + other.rows, bytes + other.bytes);
  }

  private static final class Nowhere implements OutputFile {
    @Override
    public PositionOutputStream create() {
      return new Counted();
    }

    @Override
    public PositionOutputStream createOrOverwrite() {
      return create();
    }

    @Override
    public String location() {
      return "nowhere";
    }

    @Override
    public InputFile toInputFile() {
      throw new UnsupportedOperationException("what was written nowhere cannot be read");
    }
  }

  private static final class Counted extends PositionOutputStream {
    private long position;

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(int value) {
      position++;
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      position += length;
    }
  }
}
