package dev.plumbline.offline;

import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.offline.log.FeatureTable;
import dev.plumbline.registry.DatabaseAddress;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * The offline store of one project: a Spark session with an Iceberg catalog, and in it one table
 * per view version.
 *
 * <p>The session evaluates expressions by the settings that the server uses too ({@link
 * SessionSettings}).
 */
public final class Warehouse implements AutoCloseable {
  private final SparkSession spark;
  private final String project;
  private final Runnable end;

  private Warehouse(SparkSession spark, String project, Runnable end) {
    this.spark = spark;
    this.project = project;
    this.end = end;
  }

  /**
   * A warehouse with a Spark of its own in this process, all of it on this machine.
   *
   * @param catalogUri JDBC address of the database that holds the catalog
   * @param folder where tables are written
   * @param threads how many tasks run at once; 0: as many as there are cores
   * @throws IllegalStateException if this process has a Spark already; its catalog would be used
   */
  public static Warehouse local(String project, String catalogUri, Path folder, int threads) {
    return local(project, new WarehouseCatalog(catalogUri, Map.of(), folder.toString()), threads);
  }

  /**
   * A warehouse with a Spark of its own in this process, its catalog and tables wherever they are;
   * where {@code spark-submit} started this process, the Spark that it names.
   *
   * @param catalog the database that holds the catalog
   * @param place where tables are written: a path, or an address whose file system Spark knows
   * @param threads how many tasks run at once; 0: as many as there are cores
   * @throws IllegalStateException if this process has a Spark already; its catalog would be used
   */
  public static Warehouse local(
      String project, DatabaseAddress catalog, String place, int threads) {
    return local(project, WarehouseCatalog.of(catalog, place), threads);
  }

  private static Warehouse local(String project, WarehouseCatalog catalog, int threads) {
    rejectSecond();
    SparkSession.Builder builder =
        SparkSession.builder()
            .appName("plumbline " + project)
            .config("spark.sql.warehouse.dir", catalog.place() + "/spark");
    new SessionSettings(new SparkConf()).forSession(threads).forEach(builder::config);
    catalog.forSpark().forEach(builder::config);
    SparkSession own = builder.getOrCreate();
    return new Warehouse(own, project, own::stop);
  }

  /**
   * A warehouse on the Spark of a program that uses it for itself too: in a session of its own, so
   * that neither changes what the other's expressions mean. Closing it leaves Spark running.
   *
   * @param given a session of that program; nothing is set in it
   * @param catalog the database that holds the catalog
   * @param place where tables are written: a path, or an address whose file system Spark knows
   * @throws dev.plumbline.failure.InvalidException if settings of {@code given} would change values
   */
  public static Warehouse beside(
      SparkSession given, String project, DatabaseAddress catalog, String place) {
    SparkConf settings = new SparkConf(false);
    given.conf().getAll().foreach(setting -> settings.set(setting._1(), setting._2()));
    Map<String, String> ours = new SessionSettings(settings).forSessionBeside();
    SparkSession own = given.newSession();
    ours.forEach(own.conf()::set);
    WarehouseCatalog.of(catalog, place).forSpark().forEach(own.conf()::set);
    return new Warehouse(own, project, () -> {});
  }

  private static void rejectSecond() {
    Option<SparkSession> running = SparkSession.getDefaultSession();
    if (running.isDefined() && !running.get().sparkContext().isStopped()) {
      throw new IllegalStateException(
          "Spark application '%s' runs in this process (expected: none); close its warehouse first"
              .formatted(running.get().sparkContext().appName()));
    }
  }

  public SparkSession spark() {
    return spark;
  }

  /** The table of this view; it may not exist yet. */
  public FeatureTable table(FeatureView view, Entity entity) {
    return new FeatureTable(
        spark, String.format(Locale.ROOT, "%s.`%s`", WarehouseCatalog.NAME, project), view, entity);
  }

  @Override
  public void close() {
    end.run();
  }
}
