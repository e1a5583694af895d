package dev.plumbline.offline;

import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.expression.SqlSettings;
import dev.plumbline.offline.log.FeatureTable;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * The offline store of one project: a Spark session with an Iceberg catalog, and in it one table
 * per view version.
 *
 * <p>The session evaluates expressions by the settings that the server uses too ({@link
 * SqlSettings}).
 */
public final class Warehouse implements AutoCloseable {
  /** Name of the Iceberg catalog within the session. */
  private static final String CATALOG = "plumb";

  private final SparkSession spark;
  private final String project;

  private Warehouse(SparkSession spark, String project) {
    this.spark = spark;
    this.project = project;
  }

  /**
   * A warehouse with a Spark of its own in this process.
   *
   * @param catalogUri JDBC address of the database that holds the catalog
   * @param folder where tables are written
   * @param threads how many tasks run at once; 0: as many as there are cores
   * @throws IllegalStateException if this process has a Spark already; its catalog would be used
   */
  public static Warehouse local(String project, String catalogUri, Path folder, int threads) {
    rejectSecond();
    SparkSession.Builder builder =
        SparkSession.builder()
            .appName("plumbline " + project)
            .master(threads == 0 ? "local[*]" : "local[" + threads + "]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.datetime.java8API.enabled", "true")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", String.valueOf(FeatureTable.BUCKETS))
            .config("spark.sql.adaptive.coalescePartitions.enabled", "false")
            .config("spark.sql.iceberg.planning.preserve-data-grouping", "true")
            .config("spark.sql.warehouse.dir", folder.resolve("spark").toString());
    catalog(catalogUri, folder).forEach(builder::config);
    SqlSettings.entries().forEach(builder::config);
    return new Warehouse(builder.getOrCreate(), project);
  }

  private static void rejectSecond() {
    Option<SparkSession> running = SparkSession.getDefaultSession();
    if (running.isDefined() && !running.get().sparkContext().isStopped()) {
      throw new IllegalStateException(
          "Spark application '%s' runs in this process (expected: none); close its warehouse first"
              .formatted(running.get().sparkContext().appName()));
    }
  }

  private static Map<String, String> catalog(String uri, Path folder) {
    String prefix = "spark.sql.catalog." + CATALOG;
    return Map.of(
        prefix,
        "org.apache.iceberg.spark.SparkCatalog",
        prefix + ".type",
        "jdbc",
        prefix + ".uri",
        uri,
        prefix + ".jdbc.schema-version",
        "V1",
        prefix + ".warehouse",
        folder.toString(),
        prefix + ".cache-enabled",
        "false");
  }

  public SparkSession spark() {
    return spark;
  }

  /** The table of this view; it may not exist yet. */
  public FeatureTable table(FeatureView view, Entity entity) {
    return new FeatureTable(
        spark, String.format(Locale.ROOT, "%s.`%s`", CATALOG, project), view, entity);
  }

  @Override
  public void close() {
    spark.stop();
  }
}
