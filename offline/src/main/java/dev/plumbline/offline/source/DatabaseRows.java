package dev.plumbline.offline.source;

import dev.plumbline.definition.Source;
import dev.plumbline.expression.SourceQuery;
import dev.plumbline.project.Login;
import dev.plumbline.registry.DatabaseRefusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    Map<String, String> options = options(source, places, address);
    try {
      return spark.read().format("jdbc").options(options).load();
    } catch (Exception e) { // Scala throws checked ones too
      throw ReadFailures.ofConnection(source.name(), e)
          .<RuntimeException>map(unavailable -> unavailable)
          .orElseGet(() -> mismatch(source, address, e));
    }
  }

  /** What Spark's JDBC has to know to read {@code source} at {@code address}. */
  static Map<String, String> options(Source source, SourcePlaces places, String address) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("url", address);
    options.put("fetchsize", FETCH_SIZE);
    options.put("preferTimestampNTZ", "true");
    Optional<Login> login = places.login(source);
    login.flatMap(Login::user).ifPresent(user -> options.put("user", user));
    login.flatMap(Login::password).ifPresent(password -> options.put("password", password));
    if (source.query().isPresent()) {
      options.put("query", source.query().get());
    } else {
      options.put("dbtable", places.table(source).orElseThrow());
    }
    return options;
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
    return source
        .query()
        .filter(sql -> refusal.position().isPresent())
        .map(sql -> "query:" + SourceQuery.place(sql, offset(refusal)) + ": ")
        .orElse("");
  }

  /** In the query, in characters from 0; 0 where the database does not say. */
  static int offset(DatabaseRefusal refusal) {
    return Math.max(0, refusal.position().orElse(0) - BEFORE_QUERY.length());
  }
}
