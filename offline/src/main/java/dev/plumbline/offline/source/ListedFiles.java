package dev.plumbline.offline.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.execution.datasources.PartitioningUtils$;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.HadoopFSUtils;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** The files of a source, found by the rules of Spark, but without it. */
final class ListedFiles {
  /** A look at this many says nearly always what a look at all would. */
  static final int MOST_LOOKED_AT = 100;

  private final Configuration hadoop;
  private final Set<Path> bases = new LinkedHashSet<>();
  private final Set<Path> folders = new LinkedHashSet<>();
  private final List<String> files = new ArrayList<>();

  private ListedFiles(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /**
   * The files at these places.
   *
   * @throws FileNotFoundException if a place is not there, or there is no file
   */
  static ListedFiles at(List<String> places, Configuration hadoop) throws IOException {
    ListedFiles listed = new ListedFiles(hadoop);
    for (String place : places) {
      listed.add(new Path(place));
    }
    if (listed.files.isEmpty()) {
      throw new FileNotFoundException(TextFiles.NO_FILES);
    }
    listed.files.sort(null);
    return listed;
  }

  private void add(Path place) throws IOException {
    FileSystem system = place.getFileSystem(hadoop);
    FileStatus[] found = system.globStatus(place);
    if (found == null || found.length == 0) {
      throw new FileNotFoundException("there is nothing at " + place);
    }
    for (FileStatus each : found) {
      bases.add(each.isDirectory() ? each.getPath() : each.getPath().getParent());
      var folders = HadoopFSUtils.listFiles(each.getPath(), hadoop, path -> true);
      CollectionConverters.asJava(folders)
          .forEach(folder -> CollectionConverters.asJava(folder._2()).forEach(file -> add(file)));
    }
  }

  private void add(FileStatus file) {
    files.add(file.getPath().toUri().toString());
    folders.add(file.getPath().getParent());
  }

  Configuration hadoop() {
    return hadoop;
  }

  /** Addresses of the files to look at, in the order of their names: all, or the first and last. */
  List<String> looked() {
    int half = MOST_LOOKED_AT / 2;
    return IntStream.range(0, files.size())
        .filter(i -> i < half || i >= files.size() - half)
        .mapToObj(files::get)
        .toList();
  }

  /** What is looked at, if that is not everything. */
  Optional<String> part() {
    return files.size() <= MOST_LOOKED_AT
        ? Optional.empty()
        : Optional.of("%,d of %,d files".formatted(MOST_LOOKED_AT, files.size()));
  }

  /** Columns that the names of folders give, as in {@code day=2026-03-01}, with their types. */
  StructType partitions() {
    return PartitioningUtils$.MODULE$
        .parsePartitions(
            CollectionConverters.asScala(folders).toSeq(),
            true,
            CollectionConverters.asScala(bases).<Path>toSet(),
            Option.empty(),
            false,
            true,
            ZoneOffset.UTC,
            false)
        .partitionColumns();
  }
}
