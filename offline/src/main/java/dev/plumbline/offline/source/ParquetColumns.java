package dev.plumbline.offline.source;

import dev.plumbline.expression.SqlSettings;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.Footer;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFooterReader;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns of Parquet files, from their footers. */
final class ParquetColumns {
  private final Map<String, StructType> schemas = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  private ParquetColumns() {}

  /** Reads the footers of these files. */
  static ParquetColumns of(List<String> files, Configuration hadoop) {
    ParquetColumns columns = new ParquetColumns();
    files.forEach(file -> columns.read(file, hadoop));
    return columns;
  }

  private void read(String address, Configuration hadoop) {
    String file = ReadFailures.shown(address);
    try {
      schemas.put(file, SqlSettings.apply(() -> footer(new Path(URI.create(address)), hadoop)));
    } catch (Exception e) { // Scala throws checked ones too
      problems.add("%s cannot be read: %s".formatted(file, innermost(e)));
    }
  }

  private static StructType footer(Path file, Configuration hadoop) {
    try {
      Footer footer =
          new Footer(
              file,
              ParquetFooterReader.readFooter(
                  HadoopInputFile.fromPath(file, hadoop),
                  ParquetMetadataConverter.SKIP_ROW_GROUPS));
      return ParquetFileFormat.readSchemaFromFooter(
          footer, new ParquetToSparkSchemaConverter(SQLConf.get()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The columns of all files; one that some of them lack is null there, and any value may be. */
  StructType merged() {
    StructType all = new StructType();
    for (StructType each : schemas.values()) {
      all = all.merge(each, false);
    }
    return all.asNullable();
  }

  /**
   * Files that cannot be read, and columns of one name that cannot be merged, each with its file.
   */
  List<String> problems() {
    List<String> found = new ArrayList<>(problems);
    try {
      merged();
    } catch (Exception e) { // Scala throws checked ones too
      differences(found);
    }
    return found;
  }

  private record Found(String file, StructField field) {}

  private void differences(List<String> found) {
    Map<String, Found> columns = new LinkedHashMap<>();
    schemas.forEach(
        (file, schema) -> {
          for (StructField field : schema.fields()) {
            Found first = columns.putIfAbsent(field.name(), new Found(file, field));
            if (first != null && !first.field().dataType().equals(field.dataType())) {
              found.add(
                  "column '%s' is %s in %s (expected: %s, as in %s); write one of them anew"
                      .formatted(
                          field.name(), type(field), file, type(first.field()), first.file()));
            }
          }
        });
  }

  private static String type(StructField field) {
    return field.dataType().sql().toLowerCase(Locale.ROOT);
  }

  private static String innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return ReadFailures.reason(cause);
  }
}
