package dev.plumbline.expression;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.spark.sql.internal.SQLConf;

/**
 * The Spark settings that decide what an expression means. Whoever evaluates one sets these, so
 * that neither the defaults of a Spark release nor those of the JVM or of a session decide.
 */
public final class SqlSettings {
  private static final Map<String, String> ENTRIES =
      Map.ofEntries(
          Map.entry("spark.sql.ansi.enabled", "true"),
          Map.entry("spark.sql.ansi.enforceReservedKeywords", "false"),
          Map.entry("spark.sql.ansi.doubleQuotedIdentifiers", "false"),
          Map.entry("spark.sql.caseSensitive", "false"),
          Map.entry("spark.sql.decimalOperations.allowPrecisionLoss", "true"),
          Map.entry("spark.sql.icu.caseMappings.enabled", "true"),
          Map.entry("spark.sql.legacy.timeParserPolicy", "CORRECTED"),
          Map.entry("spark.sql.session.timeZone", "UTC"),
          Map.entry("spark.sql.storeAssignmentPolicy", "ANSI"),
          Map.entry("spark.sql.timestampType", "TIMESTAMP_LTZ"));

  private SqlSettings() {}

  /** Keys and values for a Spark session's configuration. Unmodifiable. */
  public static Map<String, String> entries() {
    return ENTRIES;
  }

  /** What {@code work} gives when these settings hold for the current thread. */
  public static <T> T apply(Supplier<T> work) {
    return SQLConf.withExistingConf(Pinned.CONF, work::get);
  }

  /** Apart from the entries, which are read where Catalyst is not wanted. */
  private static final class Pinned {
    /**
     * How many generated classes Spark keeps: 100 unless it is told otherwise. An expression whose
     * class is gone is compiled again for each evaluator, and a server makes evaluators on its
     * event loops. Where Spark runs too, classes of its queries are among them, so there is a
     * bound. Read once in a process, when Spark's generator is loaded; no value depends on it.
     */
    private static final String MOST_CLASSES = "2000";

    static final SQLConf CONF = conf();

    private static SQLConf conf() {
      SQLConf conf = new SQLConf();
      new TreeMap<>(ENTRIES).forEach(conf::setConfString);
      conf.setConfString("spark.sql.codegen.cache.maxEntries", MOST_CLASSES);
      return conf;
    }
  }
}
