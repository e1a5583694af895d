package dev.plumbline.offline.source;

import dev.plumbline.expression.RawColumns;
import dev.plumbline.offline.WarehouseCatalog;
import dev.plumbline.offline.source.SeenColumns.Seen;
import dev.plumbline.offline.source.SeenColumns.Unseen;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.types.StructType;

/** The columns of Iceberg tables, from the catalog. */
final class CatalogColumns {
  private final Supplier<WarehouseCatalog> warehouse;

  CatalogColumns(Supplier<WarehouseCatalog> warehouse) {
    this.warehouse = warehouse;
  }

  /** The columns that the newest schema of {@code table} has, named with its catalog. */
  SeenColumns of(String table, Configuration hadoop) {
    List<String> parts = Arrays.stream(table.replace("`", "").split("\\.")).toList();
    if (!parts.get(0).equals(WarehouseCatalog.NAME)) {
      return new Unseen(
          "the catalog '%s' is known to Spark alone, which a check does not start (expected: %s, the project's own)"
              .formatted(parts.get(0), WarehouseCatalog.NAME));
    }
    TableIdentifier name =
        TableIdentifier.of(parts.subList(1, parts.size()).toArray(String[]::new));
    try {
      return new Seen(new RawColumns(columns(name, hadoop)), Optional.empty());
    } catch (Exception e) { // Scala throws checked ones too
      return new Unseen(ReadFailures.reason(e));
    }
  }

  private StructType columns(TableIdentifier table, Configuration hadoop) throws IOException {
    Catalog catalog =
        CatalogUtil.buildIcebergCatalog(WarehouseCatalog.NAME, properties(warehouse.get()), hadoop);
    try (Closeable open = catalog instanceof Closeable closeable ? closeable : () -> {}) {
      return SparkSchemaUtil.convert(catalog.loadTable(table).schema());
    }
  }

  /** Who only looks makes no tables. */
  private static Map<String, String> properties(WarehouseCatalog warehouse) {
    Map<String, String> properties = new LinkedHashMap<>(warehouse.forIceberg());
    properties.remove("cache-enabled"); // of Spark's catalog
    properties.put("jdbc.init-catalog-tables", "false");
    DatabaseColumns.readOnly(warehouse.uri())
        .forEach((name, value) -> properties.put("jdbc." + name, value));
    return properties;
  }
}
