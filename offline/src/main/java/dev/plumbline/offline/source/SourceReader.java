package dev.plumbline.offline.source;

import dev.plumbline.definition.Source;
import dev.plumbline.definition.Source.EventTime;
import dev.plumbline.expression.SparkNames;
import dev.plumbline.failure.UnavailableException;
import dev.plumbline.type.Micros;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** Reads a source as its declared columns, checked before anything runs. */
public final class SourceReader {
  private static final int MOST_SHOWN = 5;

  private final SparkSession spark;
  private final SourcePlaces places;
  private final Optional<Quarantine> quarantine;

  /** A reader that counts bad rows and keeps them nowhere. */
  public SourceReader(SparkSession spark, SourcePlaces places) {
    this(spark, places, Optional.empty());
  }

  /**
   * A reader of the sources of a project.
   *
   * @param quarantine the folder where bad rows that are left out are kept
   */
  public SourceReader(SparkSession spark, SourcePlaces places, Path quarantine) {
    this(spark, places, Optional.of(new Quarantine(quarantine)));
  }

  private SourceReader(SparkSession spark, SourcePlaces places, Optional<Quarantine> quarantine) {
    this.spark = spark;
    this.places = places;
    this.quarantine = quarantine;
  }

  /**
   * The rows of {@code source}, after a look at all of them.
   *
   * @throws SourceMismatchException if the data is not there, or a column is missing or of another
   *     type, or a row is bad that must not be; it names all
   * @throws UnavailableException if a database does not answer
   */
  public SourceRows open(Source source) {
    List<String> at = places.of(source);
    rejectPlaces(source, at);
    try {
      return source.format().isText() ? text(source, at) : typed(source, at);
    } catch (Exception e) { // Scala throws checked ones too
      throw explained(source, e);
    }
  }

  /**
   * The rows with {@code from <= event_time < to}, checked like those of {@link #open}. Others are
   * not looked at where files or a database can pass over them, and are not counted.
   *
   * @param from microseconds; {@code Long.MIN_VALUE}: from the first row on
   * @throws SourceMismatchException as {@link #open}
   */
  public Dataset<Row> slice(Source source, long from, long to) {
    if (source.format().isText() || eventTime(source).isEmpty()) {
      return open(source).rows();
    }
    List<String> at = places.of(source);
    rejectPlaces(source, at);
    try {
      Column time = SparkNames.column(eventTime(source).get());
      Dataset<Row> rows = declared(source, at).where(time.lt(functions.lit(Micros.instant(to))));
      return from < Long.MIN_VALUE / 2
          ? rows
          : rows.where(time.geq(functions.lit(Micros.instant(from))));
    } catch (Exception e) { // Scala throws checked ones too
      throw explained(source, e);
    }
  }

  /** {@link #open} for whoever does not count. */
  public Dataset<Row> read(Source source) {
    return open(source).rows();
  }

  /**
   * The raw columns of files, whatever is declared of them; in text each is a string, or made of
   * strings.
   *
   * @throws SourceMismatchException if the data is not there, or does not say its columns
   */
  public StructType rawColumns(Source source) {
    List<String> at = places.of(source);
    rejectPlaces(source, at);
    return switch (source.format()) {
      case PARQUET -> new ParquetFiles(spark, source, at).read().schema();
      case CSV -> new CsvFiles(spark, source, at).read().rawSchema();
      case JSON -> new JsonFiles(spark, source, at).read().rawSchema();
      case ICEBERG, JDBC -> throw new IllegalArgumentException("not files: " + source.name());
    };
  }

  /** Bytes of the source as it is stored, without reading it; huge if that is not known. */
  public long bytes(Source source) {
    List<String> at = places.of(source);
    rejectPlaces(source, at);
    return switch (source.format()) {
      case PARQUET, CSV, JSON -> new TextFiles(spark, source, at).bytes();
      case ICEBERG -> stored(IcebergRows.read(spark, source, at.get(0)));
      case JDBC -> stored(DatabaseRows.read(spark, source, places, at.get(0)));
    };
  }

  /** What Spark knows of the size of rows that it has not read. */
  static long stored(Dataset<Row> rows) {
    return rows.queryExecution()
        .optimizedPlan()
        .stats()
        .sizeInBytes()
        .bigInteger()
        .min(BigInteger.valueOf(Long.MAX_VALUE))
        .longValue();
  }

  /**
   * What to throw when rows of a source could not be computed: its mismatch if the data is to
   * blame, that its database is away, or else {@code failure}.
   */
  public RuntimeException explained(Source source, Exception failure) {
    if (failure instanceof SourceMismatchException || failure instanceof UnavailableException) {
      return (RuntimeException) failure;
    }
    Optional<UnavailableException> away = ReadFailures.ofConnection(source.name(), failure);
    if (away.isPresent()) {
      return away.get();
    }
    Optional<String> problem = ReadFailures.ofData(failure);
    if (problem.isPresent()) {
      return new SourceMismatchException(
          source.name(), places.of(source), List.of(problem.get()), failure);
    }
    return failure instanceof RuntimeException runtime
        ? runtime
        : new IllegalStateException(
            "source '%s' cannot be computed".formatted(source.name()), failure);
  }

  /** Files may lie in several places; a table or a query is one. */
  static void rejectPlaces(Source source, List<String> at) {
    boolean files = source.format().isFiles();
    if (at.isEmpty() || (!files && at.size() > 1)) {
      throw new SourceMismatchException(
          source.name(),
          at,
          List.of(
              "%d places for format %s (expected: %s); see bind in plumb.yaml"
                  .formatted(
                      at.size(),
                      source.format().name().toLowerCase(Locale.ROOT),
                      files ? "1 or more" : "1")));
    }
  }

  private SourceRows typed(Source source, List<String> at) {
    Dataset<Row> rows = declared(source, at);
    long untimed =
        eventTime(source)
            .map(name -> rows.where(SparkNames.column(name).isNull()).count())
            .orElse(0L);
    return new SourceRows(source, rows, 0, untimed);
  }

  private Dataset<Row> declared(Source source, List<String> at) {
    Dataset<Row> raw =
        switch (source.format()) {
          case PARQUET -> queried(source, new ParquetFiles(spark, source, at).read(), at);
          case ICEBERG -> queried(source, IcebergRows.read(spark, source, at.get(0)), at);
          case JDBC -> DatabaseRows.read(spark, source, places, at.get(0));
          case CSV, JSON -> throw new IllegalArgumentException("text");
        };
    List<DeclaredColumn> columns = DeclaredColumns.of(source, raw.schema(), at);
    return raw.select(DeclaredColumns.values(columns));
  }

  private Dataset<Row> queried(Source source, Dataset<Row> raw, List<String> at) {
    return source.query().map(sql -> new RawQuery(spark, source, at).over(raw, sql)).orElse(raw);
  }

  private SourceRows text(Source source, List<String> at) {
    Placed raw =
        source.format() == Source.Format.CSV
            ? new CsvFiles(spark, source, at).read()
            : new JsonFiles(spark, source, at).read();
    Survey survey = new Survey(source, at);
    if (source.query().isPresent() || raw.rawColumns().isEmpty()) {
      survey.add(new BadRows(raw, List.of()), Optional.empty());
    }
    Placed rows =
        source.query().isEmpty()
            ? raw
            : Placed.nowhere(
                new RawQuery(spark, source, at).over(raw.readable(), source.query().get()));
    List<DeclaredColumn> columns = DeclaredColumns.of(source, rows.rawSchema(), at);
    BadRows suspects = new BadRows(rows, columns);
    BadRows.Counts found = survey.add(suspects, eventTime(source));
    survey.keep();
    return new SourceRows(
        source, found.bad() == 0 ? suspects.all() : suspects.good(), survey.bad, found.untimed());
  }

  private static Optional<String> eventTime(Source source) {
    return source.eventTime() instanceof EventTime.ByColumn column
        ? Optional.of(column.column())
        : Optional.empty();
  }

  /** What was found of bad rows so far. */
  private final class Survey {
    private final Source source;
    private final List<String> at;
    private final List<BadRow> first = new ArrayList<>();
    private long bad;

    Survey(Source source, List<String> at) {
      this.source = source;
      this.at = at;
    }

    BadRows.Counts add(BadRows suspects, Optional<String> eventTime) {
      BadRows.Counts found = suspects.count(eventTime);
      if (found.bad() > 0) {
        bad += found.bad();
        boolean fatal = source.badRows() == Source.BadRows.FAIL;
        int most = fatal ? MOST_SHOWN : Quarantine.MOST_ROWS - first.size();
        first.addAll(suspects.first(most));
        if (fatal) {
          throw fatal();
        }
      }
      return found;
    }

    private SourceMismatchException fatal() {
      List<String> problems = new ArrayList<>(first.stream().map(BadRow::describe).toList());
      problems.add(
          "bad rows: %,d%s; mend them (a declared source may leave them out and count them: bad_rows: quarantine)"
              .formatted(bad, bad > first.size() ? " in all" : ""));
      return new SourceMismatchException(source.name(), at, problems);
    }

    void keep() {
      if (source.badRows() == Source.BadRows.QUARANTINE) {
        quarantine.ifPresent(place -> place.keep(source.name(), first));
      }
    }
  }
}
