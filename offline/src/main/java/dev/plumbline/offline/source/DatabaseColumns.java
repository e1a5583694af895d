package dev.plumbline.offline.source;

import dev.plumbline.definition.Source;
import dev.plumbline.expression.ExpressionException;
import dev.plumbline.expression.RawColumns;
import dev.plumbline.expression.Refusal.Reason;
import dev.plumbline.expression.SqlSettings;
import dev.plumbline.failure.InvalidException;
import dev.plumbline.offline.source.SeenColumns.Seen;
import dev.plumbline.offline.source.SeenColumns.Unseen;
import dev.plumbline.registry.DatabaseRefusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.util.CharVarcharUtils;
import org.apache.spark.sql.execution.datasources.jdbc.JDBCOptions;
import org.apache.spark.sql.execution.datasources.jdbc.JDBCRDD;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** The columns of a table or a query of a database, which is asked for no row. */
final class DatabaseColumns {
  private static final String SQLITE = "jdbc:sqlite:";
  private static final String SQLITE_OPEN_READONLY = "1";

  private DatabaseColumns() {}

  /**
   * The columns as a run would find them.
   *
   * @throws SourceMismatchException if the database has no such table
   * @throws ExpressionException if it refuses the query
   */
  static SeenColumns of(Source source, SourcePlaces places, String address) {
    try {
      Map<String, String> options =
          new LinkedHashMap<>(DatabaseRows.options(source, places, address));
      options.putAll(readOnly(address));
      return new Seen(new RawColumns(SqlSettings.apply(() -> columns(options))), Optional.empty());
    } catch (InvalidException e) { // a secret that this machine does not have
      return new Unseen(String.valueOf(e.getMessage()));
    } catch (Exception e) { // Scala throws checked ones too
      return refused(source, address, e);
    }
  }

  /** What the driver has to know so that a file which is not there is not made. */
  static Map<String, String> readOnly(String address) {
    return address.startsWith(SQLITE) ? Map.of("open_mode", SQLITE_OPEN_READONLY) : Map.of();
  }

  private static StructType columns(Map<String, String> options) {
    return CharVarcharUtils.replaceCharVarcharWithStringInSchema(
        JDBCRDD.resolveTable(
            new JDBCOptions(
                scala.collection.immutable.Map.from(CollectionConverters.asScala(options)))));
  }

  private static Unseen refused(Source source, String address, Exception failure) {
    Optional<DatabaseRefusal> refusal = DatabaseRefusal.in(failure);
    if (refusal.isEmpty() || refusal.get().kind() == DatabaseRefusal.Kind.CONNECTION) {
      return new Unseen(
          refusal
              .map(each -> "the database does not let us in: " + each.reason())
              .orElseGet(() -> ReadFailures.reason(failure)));
    }
    String says = "the database says: " + refusal.get().reason();
    if (source.query().isPresent()) {
      throw Reason.OTHER.found(says).at(DatabaseRows.offset(refusal.get()));
    }
    throw new SourceMismatchException(source.name(), List.of(address), List.of(says), failure);
  }
}
