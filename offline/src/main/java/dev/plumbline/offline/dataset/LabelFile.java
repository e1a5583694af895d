package dev.plumbline.offline.dataset;

import dev.plumbline.definition.Source;
import dev.plumbline.definition.Source.BadRows;
import dev.plumbline.definition.Source.EventTime;
import dev.plumbline.definition.Source.Format;
import dev.plumbline.expression.SparkTypes;
import dev.plumbline.failure.InvalidException;
import dev.plumbline.failure.NotFoundException;
import dev.plumbline.offline.source.SourceReader;
import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.yaml.NearestName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
   * The file, or the folder of files, at {@code path}.
   *
   * @throws NotFoundException if there is none
   * @throws InvalidException if its ending names no format
   */
  static LabelFile at(Path path, SourceReader sources) {
    Path file = path.toAbsolutePath().normalize();
    String name = String.valueOf(file.getFileName());
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    Format format = ENDINGS.get(ending);
    if (format == null) {
      throw new InvalidException(
          "%s: the ending says no format of labels (expected: .parquet, .csv with a header, or .jsonl, .ndjson or .json with an object a line); rename it"
              .formatted(file));
    }
    if (!Files.exists(file)) {
      throw new NotFoundException("%s: no such file (expected: labels)".formatted(file));
    }
    LabelFile unread = new LabelFile(file, format, new StructType());
    return new LabelFile(
        file, format, sources.rawColumns(unread.declared("ad-hoc-labels", List.of())));
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
        Optional.empty(),
        Optional.empty());
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
