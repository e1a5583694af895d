package dev.plumbline.offline.source;

import dev.plumbline.definition.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** CSV files whose first lines name their columns, the same in all of them. */
final class CsvFiles {
  private final Source source;
  private final List<String> places;
  private final TextFiles files;
  private final List<String> problems = new ArrayList<>();

  CsvFiles(SparkSession spark, Source source, List<String> places) {
    this.source = source;
    this.places = places;
    this.files = new TextFiles(spark, source, places);
  }

  /**
   * All rows, every raw column a text.
   *
   * @throws SourceMismatchException if there is no file, or a header that does not name columns, or
   *     two that differ
   */
  Placed read() {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    files.files().forEach(file -> header(file, ReadFailures.shown(file), headers));
    rejectDifferences(headers);
    if (!problems.isEmpty()) {
      throw new SourceMismatchException(source.name(), places, problems);
    }
    List<String> names = headers.values().iterator().next();
    return files.rows(new CsvFormat(names.size()), names);
  }

  private void header(String place, String file, Map<String, List<String>> headers) {
    try {
      CsvLine line = CsvLine.parse(files.firstLine(place).orElse(""));
      if (line instanceof CsvLine.Malformed malformed) {
        problems.add("%s: its CSV header cannot be read: %s".formatted(file, malformed.why()));
      } else if (line instanceof CsvLine.Values names) {
        List<String> found = names.values().stream().map(name -> name == null ? "" : name).toList();
        headers.put(file, found);
        check(file, found);
      }
    } catch (IOException | RuntimeException e) {
      problems.add("%s cannot be read: %s".formatted(file, ReadFailures.reason(e)));
    }
  }

  private void check(String file, List<String> names) {
    if (names.equals(List.of(""))) {
      problems.add(
          "%s is empty (expected: a header that names the columns); remove it".formatted(file));
      return;
    }
    Map<String, String> seen = new LinkedHashMap<>();
    for (String partition : files.partitions()) {
      seen.put(partition.toLowerCase(Locale.ROOT), partition);
    }
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      String other = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
      if (name.isBlank()) {
        problems.add("%s: column %d of its CSV header has no name".formatted(file, i + 1));
      } else if (other != null) {
        problems.add(
            "%s: its CSV header names '%s' twice%s; rename one"
                .formatted(file, name, other.equals(name) ? "" : " (also as '" + other + "')"));
      }
    }
  }

  /** Read by position, values would change places without a word. */
  private void rejectDifferences(Map<String, List<String>> headers) {
    if (headers.isEmpty()) {
      return;
    }
    Map.Entry<String, List<String>> first = headers.entrySet().iterator().next();
    headers.forEach(
        (file, names) -> {
          if (!names.equals(first.getValue())) {
            problems.add(
                "%s: its CSV header is %s (expected: %s, as in %s); write it anew"
                    .formatted(
                        file,
                        String.join(", ", names),
                        String.join(", ", first.getValue()),
                        first.getKey()));
          }
        });
  }
}
