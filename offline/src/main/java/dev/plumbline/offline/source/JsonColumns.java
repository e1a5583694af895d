package dev.plumbline.offline.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.plumbline.definition.Source;
import dev.plumbline.expression.RawColumns;
import dev.plumbline.expression.SqlSettings;
import dev.plumbline.offline.source.SeenColumns.Seen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.json.JSONOptions;
import org.apache.spark.sql.catalyst.json.JsonInferSchema;
import org.apache.spark.sql.catalyst.util.PermissiveMode$;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** The names in the first lines of JSON files, as Spark would put those of all lines together. */
final class JsonColumns {
  private static final int MOST_LINES = 10_000;
  private static final String FAULTY = "_plumb_faulty";

  private final JSONOptions options =
      new JSONOptions(
          scala.collection.immutable.Map.from(
              CollectionConverters.asScala(Map.of("primitivesAsString", "true"))),
          "UTC",
          FAULTY);
  private final JsonInferSchema inference = new JsonInferSchema(options);
  private final JsonFactory json = options.buildJsonFactory();
  private final JsonFormat format = new JsonFormat();
  private DataType found = new StructType();
  private int linesLeft = MOST_LINES;
  private boolean cut;

  private JsonColumns() {}

  /**
   * The columns of these files; every value is a text, or made of texts.
   *
   * @throws SourceMismatchException if one cannot be read, or names differ in case alone
   */
  static Seen of(Source source, List<String> places, ListedFiles files) {
    return SqlSettings.apply(() -> new JsonColumns().read(source, places, files));
  }

  private Seen read(Source source, List<String> places, ListedFiles files) {
    List<String> problems = new ArrayList<>();
    for (String file : files.looked()) {
      try {
        FileLines.of(
            file,
            files.hadoop(),
            lines -> {
              lines.takeWhile(line -> isWanted()).forEach(this::add);
              return true;
            });
      } catch (IOException | RuntimeException e) {
        problems.add(
            "%s cannot be read: %s".formatted(ReadFailures.shown(file), ReadFailures.reason(e)));
      }
    }
    if (!problems.isEmpty()) {
      throw new SourceMismatchException(source.name(), places, problems);
    }
    StructType schema = schema();
    List<String> partitions = List.of(files.partitions().fieldNames());
    rejectTwins(source, places, partitions, schema);
    for (String partition : partitions) {
      schema = schema.add(partition, DataTypes.StringType);
    }
    return new Seen(new RawColumns(schema), part(files));
  }

  private Optional<String> part(ListedFiles files) {
    return cut ? Optional.of("the first %,d lines".formatted(MOST_LINES)) : files.part();
  }

  /** Whether another line is looked at, of which there is one. */
  private boolean isWanted() {
    cut = linesLeft-- <= 0;
    return !cut;
  }

  private void add(String line) {
    @Nullable Object[] none = new @Nullable Object[0];
    if (format.read(line, none, 0) != null) {
      return; // a bad row, which a run counts
    }
    try (JsonParser parser = json.createParser(line)) {
      parser.nextToken();
      found =
          JsonInferSchema.compatibleRootType(FAULTY, PermissiveMode$.MODULE$)
              .apply(found, inference.inferField(parser));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private StructType schema() {
    var whole = inference.canonicalizeType(found, options);
    return whole.isDefined() && whole.get() instanceof StructType named ? named : new StructType();
  }

  /** Names that are one and the same to an expression. */
  static void rejectTwins(
      Source source, List<String> places, List<String> partitions, StructType schema) {
    List<String> names = new ArrayList<>(partitions);
    names.addAll(List.of(schema.fieldNames()));
    Map<String, String> seen = new HashMap<>();
    List<String> problems = new ArrayList<>();
    for (String name : names) {
      String other = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
      if (other != null) {
        problems.add("the data has both '%s' and '%s'; rename one".formatted(other, name));
      }
    }
    if (!problems.isEmpty()) {
      throw new SourceMismatchException(source.name(), places, problems);
    }
  }
}
