package dev.plumbline.offline.source;

import dev.plumbline.definition.Source;
import dev.plumbline.plan.Amount;
import dev.plumbline.plan.Amount.Known;
import dev.plumbline.plan.Amount.Unknown;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.SparkSession;

/**
 * How many rows a source has, where that is written down: in the footers of Parquet files, in the
 * newest snapshot of an Iceberg table. Runs no job.
 */
public final class SourceSize {
  /** So many footers are read in a few seconds. */
  private static final int MOST_FILES = 10_000;

  private final SourcePlaces places;
  private final Optional<Supplier<SparkSession>> spark;

  /**
   * Of sources in these places.
   *
   * @param spark asked for Iceberg tables alone; empty: nothing but this machine's files is asked
   */
  public SourceSize(SourcePlaces places, Optional<Supplier<SparkSession>> spark) {
    this.places = places;
    this.spark = spark;
  }

  /** All of its rows, whenever they happened. Never fails: what fails is why it is unknown. */
  public Amount rows(Source source) {
    if (source.query().isPresent()) {
      return new Unknown("its rows are those of a query");
    }
    try {
      return switch (source.format()) {
        case PARQUET -> parquet(places.of(source));
        case ICEBERG -> iceberg(places.of(source).get(0));
        case CSV, JSON -> new Unknown("text is counted by reading it only");
        case JDBC -> new Unknown("a database is not asked");
      };
    } catch (Exception e) { // Spark and Hadoop throw whatever there is; an estimate never fails
      return new Unknown(ReadFailures.reason(e));
    }
  }

  private Amount parquet(List<String> places) throws IOException {
    if (spark.isEmpty() && places.stream().anyMatch(place -> place.contains("://"))) {
      return new Unknown("it does not lie on this machine");
    }
    Configuration hadoop = new Configuration();
    List<FileStatus> files = new ArrayList<>();
    for (String place : places) {
      Path path = new Path(place);
      FileSystem system = path.getFileSystem(hadoop);
      if (!system.exists(path)) {
        return new Unknown("there is no " + place);
      }
      collect(system, system.getFileStatus(path), files);
    }
    if (files.size() > MOST_FILES) {
      return new Unknown("%,d files are too many to look into".formatted(files.size()));
    }
    long rows = 0;
    for (FileStatus file : files) {
      try (ParquetFileReader reader =
          ParquetFileReader.open(HadoopInputFile.fromStatus(file, hadoop))) {
        rows += reader.getRecordCount();
      }
    }
    return new Known(rows, files.size() == 1 ? "1 file" : "%,d files".formatted(files.size()));
  }

  /** Files as Spark reads them: names that begin with '_' or '.' do not count. */
  private static void collect(FileSystem system, FileStatus place, List<FileStatus> files)
      throws IOException {
    if (place.isFile()) {
      files.add(place);
      return;
    }
    for (FileStatus each : system.listStatus(place.getPath())) {
      String name = each.getPath().getName();
      if (!name.startsWith("_") && !name.startsWith(".") && files.size() <= MOST_FILES) {
        collect(system, each, files);
      }
    }
  }

  private Amount iceberg(String table) throws Exception {
    if (spark.isEmpty()) {
      return new Unknown("an Iceberg table is found by Spark only");
    }
    Snapshot newest = Spark3Util.loadIcebergTable(spark.get().get(), table).currentSnapshot();
    if (newest == null) {
      return new Known(0, "the table is empty");
    }
    String rows = newest.summary().get(SnapshotSummary.TOTAL_RECORDS_PROP);
    return rows == null
        ? new Unknown("the newest snapshot does not say")
        : new Known(Long.parseLong(rows), "the newest snapshot");
  }
}
