package dev.plumbline.offline.source;

import dev.plumbline.definition.Source;
import dev.plumbline.expression.SourceQuery;
import dev.plumbline.project.Login;
import dev.plumbline.registry.DatabaseRefusal;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The rows of a table or a query of a database. */
final class DatabaseRows {
  /** Rows to a round trip; drivers that do not page read all of them into memory. */
  private static final String FETCH_SIZE = "10000";

  /** What Spark puts before a query when it asks for its columns. */
  private static final String BEFORE_QUERY = "SELECT * FROM (";

  private DatabaseRows() {}

  /**
   * The rows of {@code source} at {@code address}.
   *
   * @throws SourceMismatchException if the database refuses the query, or has no such table
   */
  static Dataset<Row> read(SparkSession spark, Source source, SourcePlaces places, String address) {
    DataFrameReader reader =
        spark
            .read()
            .format("jdbc")
            .option("url", address)
            .option("fetchsize", FETCH_SIZE)
            .option("preferTimestampNTZ", "true");
    Optional<Login> login = places.login(source);
    login.flatMap(Login::user).ifPresent(user -> reader.option("user", user));
    login.flatMap(Login::password).ifPresent(password -> reader.option("password", password));
    if (source.query().isPresent()) {
      reader.option("query", source.query().get());
    } else {
      reader.option("dbtable", places.table(source).orElseThrow());
    }
    try {
      return reader.load();
    } catch (Exception e) { // Scala throws checked ones too
      throw ReadFailures.ofConnection(source.name(), e)
          .<RuntimeException>map(unavailable -> unavailable)
          .orElseGet(() -> mismatch(source, address, e));
    }
  }

  private static SourceMismatchException mismatch(Source source, String address, Exception e) {
    String problem =
        DatabaseRefusal.in(e)
            .map(refusal -> place(source, refusal) + "the database says: " + refusal.reason())
            .orElseGet(() -> ReadFailures.reason(e));
    return new SourceMismatchException(source.name(), List.of(address), List.of(problem), e);
  }

  /** Where in the query the database sees a fault, if it says so. */
  private static String place(Source source, DatabaseRefusal refusal) {
    int offset = refusal.position().orElse(-1) - BEFORE_QUERY.length();
    return source
        .query()
        .filter(sql -> offset >= 0)
        .map(sql -> "query:" + SourceQuery.place(sql, offset) + ": ")
        .orElse("");
  }
}
