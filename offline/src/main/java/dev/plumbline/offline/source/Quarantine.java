package dev.plumbline.offline.source;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.failure.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Where a person finds the bad rows of a source: {@code SOURCE/rows.jsonl} in a folder, one JSON
 * object a row, as they were when the source was read last. At most {@link #MOST_ROWS} are kept.
 */
final class Quarantine {
  static final int MOST_ROWS = 1_000;

  private static final JsonMapper JSON = new JsonMapper();

  private final Path folder;

  Quarantine(Path folder) {
    this.folder = folder;
  }

  /** Takes the place of what was kept of this source; a reader sees the one or the other. */
  void keep(String source, List<BadRow> rows) {
    Path file = folder.resolve(source).resolve("rows.jsonl");
    try {
      if (rows.isEmpty()) {
        Files.deleteIfExists(file);
        return;
      }
      Files.createDirectories(folder.resolve(source));
      Path written = Files.createTempFile(folder.resolve(source), "rows", ".tmp");
      Files.write(written, rows.stream().map(Quarantine::json).toList());
      Files.move(
          written, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UnavailableException(
          "%s cannot be written: %s (expected: a place for the bad rows of source '%s')"
              .formatted(file, e.getMessage(), source),
          e);
    }
  }

  private static String json(BadRow row) {
    ObjectNode node = JSON.createObjectNode().put("reason", row.reason());
    row.file().ifPresent(file -> node.put("file", file));
    row.line().ifPresent(line -> node.put("line", line));
    row.column().ifPresent(column -> node.put("column", column));
    row.value().ifPresent(value -> node.put("value", value));
    row.expected().ifPresent(type -> node.put("expected", type));
    return node.put("text", row.text()).toString();
  }
}
