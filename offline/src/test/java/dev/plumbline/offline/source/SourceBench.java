package dev.plumbline.offline.source;

import dev.plumbline.definition.Revision;
import dev.plumbline.definition.Source;
import dev.plumbline.definition.yaml.DefinitionLoader;
import dev.plumbline.offline.Warehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A place to read sources at: a warehouse, files, and a quarantine, in one folder. */
final class SourceBench implements AutoCloseable {
  private final Path folder;
  private final Warehouse warehouse;

  SourceBench(Path folder) {
    this.folder = folder;
    String uri = "jdbc:sqlite:" + folder.resolve("catalog.db");
    this.warehouse = Warehouse.local("shop", uri, folder.resolve("warehouse"), 2);
  }

  Warehouse warehouse() {
    return warehouse;
  }

  SparkSession spark() {
    return warehouse.spark();
  }

  Path file(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file or folder written by Spark. */
  Path parquet(String name, String query) {
    Path file = folder.resolve(name);
    spark().sql(query).coalesce(1).write().mode("append").parquet(file.toString());
    return file;
  }

  /** The source {@code orders} with these lines of YAML after its name. */
  static Source source(String yaml) {
    return revision(yaml).source("orders");
  }

  static Revision revision(String yaml) {
    String text = "source: orders\n" + yaml;
    return new DefinitionLoader("shop").load(new TreeMap<>(Map.of("shop.yaml", text)));
  }

  SourceRows open(Source source, Path... places) {
    List<String> at = java.util.Arrays.stream(places).map(Path::toString).toList();
    return reader(any -> at).open(source);
  }

  SourceReader reader(SourcePlaces places) {
    return new SourceReader(spark(), places, folder.resolve("quarantine"));
  }

  List<Row> rows(SourceRows read, String... columns) {
    return read.rows().selectExpr(columns).collectAsList();
  }

  List<String> quarantined() {
    Path file = folder.resolve("quarantine/orders/rows.jsonl");
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    warehouse.close();
  }
}
