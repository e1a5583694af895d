package dev.plumbline.offline;

import dev.plumbline.registry.DatabaseAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The Iceberg catalog of a warehouse, which a Spark session knows as {@link #NAME}.
 *
 * @param uri JDBC address of the database that holds it
 * @param login to that database, as properties of its driver
 * @param place where tables are written
 */
public record WarehouseCatalog(String uri, Map<String, String> login, String place) {
  /** What the names of its tables begin with. */
  public static final String NAME = "plumb";

  private static final String PREFIX = "spark.sql.catalog." + NAME;

  public WarehouseCatalog {
    login = Map.copyOf(login);
  }

  /** The catalog in this database. */
  public static WarehouseCatalog of(DatabaseAddress database, String place) {
    return new WarehouseCatalog(database.url(), database.login(), place);
  }

  /** Properties of the catalog for Iceberg. */
  public Map<String, String> forIceberg() {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("type", "jdbc");
    properties.put("uri", uri);
    properties.put("jdbc.schema-version", "V1");
    login.forEach((name, value) -> properties.put("jdbc." + name, value));
    properties.put("warehouse", place);
    // Another metadata database, of another environment or of one that was lost, may know the same
    // names here; were the folder shared too, each would take the other's files for orphans.
    properties.put("unique-table-location", "true");
    properties.put("cache-enabled", "false");
    return properties;
  }

  /** Settings of a Spark session that has the catalog. */
  Map<String, String> forSpark() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(PREFIX, "org.apache.iceberg.spark.SparkCatalog");
    forIceberg().forEach((name, value) -> settings.put(PREFIX + "." + name, value));
    return settings;
  }

  /** Without a password. */
  @Override
  public String toString() {
    return "WarehouseCatalog[" + uri + ", " + place + "]";
  }
}
