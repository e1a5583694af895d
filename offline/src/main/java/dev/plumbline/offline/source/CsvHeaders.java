package dev.plumbline.offline.source;

import dev.plumbline.definition.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** The first lines of CSV files, which name their columns, the same in all of them. */
final class CsvHeaders {
  private final Source source;
  private final List<String> places;
  private final List<String> partitions;
  private final List<String> problems = new ArrayList<>();

  /**
   * Headers of the files of a source.
   *
   * @param partitions columns that the names of folders give
   */
  CsvHeaders(Source source, List<String> places, List<String> partitions) {
    this.source = source;
    this.places = places;
    this.partitions = partitions;
  }

  /**
   * The names that all files give their columns.
   *
   * @param files their addresses, at least one
   * @throws SourceMismatchException if a header does not name columns, or two differ
   */
  List<String> names(List<String> files, Configuration hadoop) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    files.forEach(file -> header(file, hadoop, headers));
    rejectDifferences(headers);
    if (!problems.isEmpty()) {
      throw new SourceMismatchException(source.name(), places, problems);
    }
    return headers.values().iterator().next();
  }

  private void header(String address, Configuration hadoop, Map<String, List<String>> headers) {
    String file = ReadFailures.shown(address);
    try {
      CsvLine line = CsvLine.parse(FileLines.of(address, hadoop, Stream::findFirst).orElse(""));
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
    for (String partition : partitions) {
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
