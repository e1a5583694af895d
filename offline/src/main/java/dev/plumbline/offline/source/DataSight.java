package dev.plumbline.offline.source;

import dev.plumbline.definition.Source;
import dev.plumbline.expression.RawColumns;
import dev.plumbline.offline.WarehouseCatalog;
import dev.plumbline.offline.source.SeenColumns.Seen;
import dev.plumbline.offline.source.SeenColumns.Unseen;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.execution.datasources.PartitioningUtils;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Looks at the data where it lies: at the footers and first lines of files, at a catalog, at what a
 * database says of a table. No session of Spark is started, and nothing is written.
 */
public final class DataSight implements SourceSight {
  private final SourcePlaces places;
  private final CatalogColumns catalog;
  private final Configuration hadoop = new Configuration();

  /**
   * A sight of the sources of a project.
   *
   * @param catalog of its warehouse; asked for when a source lies in it
   */
  public DataSight(SourcePlaces places, Supplier<WarehouseCatalog> catalog) {
    this.places = places;
    this.catalog = new CatalogColumns(catalog);
  }

  @Override
  public SeenColumns look(Source source) {
    List<String> at = places.of(source);
    SourceReader.rejectPlaces(source, at);
    return switch (source.format()) {
      case PARQUET, CSV, JSON -> files(source, at);
      case ICEBERG -> catalog.of(at.get(0), hadoop);
      case JDBC -> DatabaseColumns.of(source, places, at.get(0));
    };
  }

  private SeenColumns files(Source source, List<String> at) {
    ListedFiles files;
    try {
      files = ListedFiles.at(at, hadoop);
    } catch (IOException | RuntimeException e) {
      return new Unseen(ReadFailures.reason(e));
    }
    return switch (source.format()) {
      case PARQUET -> parquet(source, at, files);
      case CSV -> csv(source, at, files);
      case JSON -> JsonColumns.of(source, at, files);
      case ICEBERG, JDBC -> throw new IllegalArgumentException("not files: " + source.name());
    };
  }

  private static Seen parquet(Source source, List<String> at, ListedFiles files) {
    ParquetColumns columns = ParquetColumns.of(files.looked(), files.hadoop());
    List<String> problems = columns.problems();
    if (!problems.isEmpty()) {
      throw new SourceMismatchException(source.name(), at, problems);
    }
    StructType all =
        PartitioningUtils.mergeDataAndPartitionSchema(columns.merged(), files.partitions(), false)
            ._1();
    return new Seen(new RawColumns(all), files.part());
  }

  private static Seen csv(Source source, List<String> at, ListedFiles files) {
    List<String> partitions = List.of(files.partitions().fieldNames());
    StructType columns = new StructType();
    for (String name :
        new CsvHeaders(source, at, partitions).names(files.looked(), files.hadoop())) {
      columns = columns.add(name, DataTypes.StringType);
    }
    for (String name : partitions) {
      columns = columns.add(name, DataTypes.StringType);
    }
    // a header that differs is an error whatever the columns are, so nothing is left to be seen
    return new Seen(new RawColumns(columns), Optional.empty());
  }
}
