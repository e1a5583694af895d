package dev.plumbline.offline.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.plumbline.failure.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The files of one dataset: Parquet, and a manifest beside them. */
record DatasetFiles(Path folder) {
  /** Readers of Parquet pass over files whose names begin so. */
  private static final String MANIFEST = "_manifest.json";

  private static final JsonMapper MAPPER = new JsonMapper();

  /**
   * Computes the rows and writes them.
   *
   * @param folders columns whose values become folders
   * @return the rows as they are read from the files
   */
  Dataset<Row> write(Dataset<Row> rows, List<String> folders) {
    rows.write()
        .partitionBy(folders.toArray(String[]::new))
        .options(DatasetFormat.OPTIONS)
        .parquet(folder.toString());
    removeChecksums();
    return rows.sparkSession().read().parquet(folder.toString());
  }

  /** Hadoop puts one beside each file that it writes to a disk; nobody else looks at them. */
  private void removeChecksums() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(DatasetFiles::isChecksum).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UnavailableException(
          "checksums in %s cannot be removed: %s".formatted(folder, e.getMessage()), e);
    }
  }

  private static boolean isChecksum(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.startsWith(".") && name.endsWith(".crc");
  }

  /** Puts the manifest beside the files. */
  void describe(JsonNode manifest) {
    Path file = folder.resolve(MANIFEST);
    try {
      Files.writeString(file, manifest.toPrettyString() + "\n");
    } catch (IOException e) {
      throw new UnavailableException("%s cannot be written: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Whether its manifest has this content hash; false without one. */
  boolean holds(String hash) throws IOException {
    Path manifest = folder.resolve(MANIFEST);
    return Files.exists(manifest)
        && MAPPER.readTree(manifest.toFile()).path(Manifest.CONTENT_HASH).asText("").equals(hash);
  }

  /** A manifest as the catalog keeps it. */
  static JsonNode parse(String manifest) {
    try {
      return MAPPER.readTree(manifest);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest of the catalog is not JSON", e);
    }
  }
}
