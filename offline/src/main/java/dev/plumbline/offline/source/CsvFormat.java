package dev.plumbline.offline.source;

import java.util.List;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Values between commas, as many as the header names.
 *
 * @param width how many those are
 */
record CsvFormat(int width) implements LineFormat {
  @Override
  public FirstLine firstLine() {
    return FirstLine.NAMES;
  }

  @Override
  public @Nullable String read(String line, @Nullable Object[] row, int first) {
    CsvLine parsed = CsvLine.parse(line);
    if (parsed instanceof CsvLine.Malformed malformed) {
      return malformed.why();
    }
    List<@Nullable String> values = ((CsvLine.Values) parsed).values();
    if (values.size() != width) {
      return "the line has %d values (expected: %d, as many as the header)"
          .formatted(values.size(), width);
    }
    for (int i = 0; i < width; i++) {
      row[first + i] = UTF8String.fromString(values.get(i));
    }
    return null;
  }
}
