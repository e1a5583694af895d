package dev.plumbline.offline.source;

import dev.plumbline.definition.Source;
import dev.plumbline.expression.ExpressionException;
import dev.plumbline.expression.RawColumns;
import dev.plumbline.expression.SourceQuery;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The query of a source, over its raw rows. */
final class RawQuery {
  private final SparkSession spark;
  private final Source source;
  private final List<String> places;

  RawQuery(SparkSession spark, Source source, List<String> places) {
    this.spark = spark;
    this.source = source;
    this.places = places;
  }

  /**
   * The rows that {@code sql} makes of {@code raw}.
   *
   * @throws SourceMismatchException if it does not fit the raw columns; it says where
   */
  Dataset<Row> over(Dataset<Row> raw, String sql) {
    try {
      new RawColumns(raw.schema()).query(sql);
      return analyzed(raw, sql);
    } catch (ExpressionException e) {
      throw refused(sql, e);
    } catch (Exception e) { // Scala throws checked ones too
      throw e instanceof AnalysisException failure
          ? refused(sql, SourceQuery.refusal(failure, sql, List.of(raw.columns())))
          : new IllegalStateException("source '%s': its query".formatted(source.name()), e);
    }
  }

  /** The name is the session's for as long as the query is resolved, and nobody else's. */
  private Dataset<Row> analyzed(Dataset<Row> raw, String sql) {
    synchronized (spark) {
      raw.createOrReplaceTempView(SourceQuery.RAW);
      try {
        return spark.sql(sql);
      } finally {
        spark.catalog().dropTempView(SourceQuery.RAW);
      }
    }
  }

  private SourceMismatchException refused(String sql, ExpressionException e) {
    return new SourceMismatchException(
        source.name(),
        places,
        List.of("query:%s: %s".formatted(SourceQuery.place(sql, e.offset()), e.getMessage())),
        e);
  }
}
