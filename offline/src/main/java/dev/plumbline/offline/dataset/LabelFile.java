package dev.plumbline.offline.dataset;

import dev.plumbline.definition.About;
import dev.plumbline.definition.Source;
import dev.plumbline.definition.Source.BadRows;
import dev.plumbline.definition.Source.EventTime;
import dev.plumbline.definition.Source.Format;
import dev.plumbline.expression.SparkTypes;
import dev.plumbline.failure.InvalidException;
import dev.plumbline.failure.NotFoundException;
import dev.plumbline.failure.UnavailableException;
import dev.plumbline.offline.source.SourceReader;
import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.yaml.NearestName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A file of labels that no source declares.
 *
 * @param raw its columns, as Spark finds them
 */
record LabelFile(Path path, Format format, StructType raw) {
  private static final Map<String, Format> ENDINGS =
      Map.of(
          "parquet", Format.PARQUET,
          "csv", Format.CSV,
          "json", Format.JSON,
          "jsonl", Format.JSON,
          "ndjson", Format.JSON);

  /**
   * The file, or the folder of files, at {@code path}, with its columns.
   *
   * @param needed columns that it must have, for whoever has to write it
   * @throws NotFoundException if there is none
   * @throws InvalidException if its ending names no format, or it holds nothing
   */
  static LabelFile at(Path path, Collection<String> needed, SourceReader sources) {
    LabelFile unread = find(path, needed);
    return new LabelFile(
        unread.path(),
        unread.format(),
        sources.rawColumns(unread.declared("ad-hoc-labels", List.of())));
  }

  /** {@link #at} without a look at the columns; there are none yet. */
  static LabelFile find(Path path, Collection<String> needed) {
    Path file = path.toAbsolutePath().normalize();
    String remedy =
        "name a Parquet, CSV or .jsonl file with the columns " + String.join(", ", needed);
    String name = String.valueOf(file.getFileName());
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    Format format = ENDINGS.get(ending);
    if (format == null) {
      throw new InvalidException(
          "%s: the ending says no format of labels (expected: .parquet, .csv with a header, or .jsonl, .ndjson or .json with an object a line); %s"
              .formatted(file, remedy));
    }
    if (!Files.exists(file)) {
      throw new NotFoundException(
          "%s: no such file (expected: labels); %s".formatted(file, remedy));
    }
    if (isEmpty(file, format)) {
      throw new InvalidException(
          "%s holds no labels (expected: one or more); %s".formatted(file, remedy));
    }
    return new LabelFile(file, format, new StructType());
  }

  private static boolean isEmpty(Path file, Format format) {
    try {
      if (Files.isDirectory(file)) {
        try (Stream<Path> files = Files.list(file)) {
          return files.findAny().isEmpty();
        }
      }
      return format.isText() ? isWithoutRows(file, format) : Files.size(file) == 0;
    } catch (IOException | UncheckedIOException e) {
      throw new UnavailableException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static boolean isWithoutRows(Path file, Format format) throws IOException {
    int header = format == Format.CSV ? 1 : 0;
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) { // of any text
      return lines.filter(line -> !line.isBlank()).skip(header).findAny().isEmpty();
    }
  }

  /**
   * Requires a column.
   *
   * @param what it stands for
   * @throws InvalidException if the file has none of this name
   */
  void require(String column, String what) {
    List<String> names = Arrays.asList(raw.fieldNames());
    if (!names.contains(column)) {
      throw new InvalidException(
          "%s: no column '%s' for %s; %s"
              .formatted(path, column, what, NearestName.remedy(column, names)));
    }
  }

  /**
   * The source that the file is.
   *
   * @param meant types that columns must have
   * @param types of other columns of text; those of none are strings
   * @throws InvalidException if a column is of another type, or of one that no column can have
   */
  Source source(String name, Map<String, DataType> meant, Map<String, DataType> types) {
    types.keySet().forEach(column -> require(column, "--type"));
    List<Source.Column> columns = new ArrayList<>();
    for (StructField field : raw.fields()) {
      DataType type = meant.get(field.name());
      if (type == null) {
        type = format.isText() ? types.get(field.name()) : null;
      }
      columns.add(
          new Source.Column(field.name(), type == null ? found(field) : type, Optional.empty()));
    }
    return declared(name, columns);
  }

  /** Nothing is left out for its time: a label that nobody can know yet is refused, and told. */
  private Source declared(String name, List<Source.Column> columns) {
    return new Source(
        name,
        format,
        path.toString(),
        new EventTime.Constant(Instant.EPOCH),
        Optional.empty(),
        Optional.empty(),
        columns,
        Optional.empty(),
        Optional.empty(),
        BadRows.FAIL,
        About.NOTHING);
  }

  private DataType found(StructField field) {
    if (field.dataType().equals(DataTypes.TimestampNTZType)) {
      return Primitive.TIMESTAMP;
    }
    if (field.dataType().equals(DataTypes.ShortType)
        || field.dataType().equals(DataTypes.ByteType)) {
      return Primitive.INT;
    }
    return SparkTypes.find(field.dataType())
        .orElseThrow(
            () ->
                new InvalidException(
                    "%s: column '%s' is %s, which a dataset cannot hold (expected: a number, string, boolean, binary, date, timestamp, or an array of these); leave it out"
                        .formatted(
                            path, field.name(), field.dataType().sql().toLowerCase(Locale.ROOT))));
  }
}
