package dev.plumbline.offline.log;

import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.registry.DatabaseAddress;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.RowTime;
import dev.plumbline.type.Bytes;
import dev.plumbline.type.CanonicalValue;
import dev.plumbline.type.DataType;
import dev.plumbline.type.Field;
import dev.plumbline.type.Micros;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * All that the log of a view says of a few entities, read without Spark: for somebody who wants to
 * see what values look like, and not to wait for them. The entities are among those that changed
 * last.
 */
public final class LogGlance {
  private final String project;
  private final DatabaseAddress catalog;
  private final String warehouse;

  /**
   * A reader of the logs of a project.
   *
   * @param catalog the database that holds the catalog; it is there
   * @param warehouse where tables are written
   */
  public LogGlance(String project, DatabaseAddress catalog, String warehouse) {
    this.project = project;
    this.catalog = catalog;
    this.warehouse = warehouse;
  }

  /**
   * Up to {@code most} entities, each with all its rows, in any order.
   *
   * @param view of which some run has committed rows
   * @return from canonical keys to rows
   */
  public Map<List<Object>, List<FeatureRow>> rows(FeatureView view, Entity entity, int most) {
    try (JdbcCatalog open = open()) {
      String name = String.format(Locale.ROOT, "%s__v%d", view.id().name(), view.id().version());
      Table table = open.loadTable(TableIdentifier.of(Namespace.of(project), name));
      return new Reading(table, view, entity).rows(most);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The catalog as Spark opens it; none is made. */
  private JdbcCatalog open() {
    JdbcCatalog open = new JdbcCatalog(null, null, false);
    open.setConf(new Configuration());
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put(CatalogProperties.URI, catalog.url());
    properties.put(CatalogProperties.WAREHOUSE_LOCATION, warehouse);
    catalog.login().forEach((name, value) -> properties.put("jdbc." + name, value));
    open.initialize("plumb", properties);
    return open;
  }

  private static final class Reading {
    private final Table table;
    private final List<Field> keys;
    private final List<Field> features;

    Reading(Table table, FeatureView view, Entity entity) {
      this.table = table;
      this.keys = entity.keys();
      this.features = view.fields();
    }

    Map<List<Object>, List<FeatureRow>> rows(int most) throws IOException {
      Expression alive = Expressions.equal(LogSchema.TOMBSTONE, false);
      Set<Found> chosen = new LinkedHashSet<>();
      OptionalLong last = lastRun();
      if (last.isPresent()) {
        Expression ofRun = Expressions.equal(LogSchema.CREATED_AT, last.getAsLong());
        choose(Expressions.and(alive, ofRun), most, chosen);
      }
      choose(alive, most, chosen);
      return rowsOf(chosen);
    }

    private Map<List<Object>, List<FeatureRow>> rowsOf(Set<Found> chosen) throws IOException {
      Map<List<Object>, List<FeatureRow>> rows = new LinkedHashMap<>();
      chosen.forEach(each -> rows.put(each.key(), new ArrayList<>()));
      Expression any =
          chosen.stream().map(this::isEntity).reduce(Expressions.alwaysFalse(), Expressions::or);
      try (CloseableIterable<Record> all = IcebergGenerics.read(table).where(any).build()) {
        for (Record record : all) {
          Objects.requireNonNull(rows.get(key(record))).add(row(record));
        }
      }
      return rows;
    }

    /** An entity and the bucket that it lies in. */
    private record Found(List<Object> key, int bucket) {}

    /** The stamp of the newest run that wrote rows, as the bounds of files tell it. */
    private OptionalLong lastRun() throws IOException {
      int createdAt = table.schema().findField(LogSchema.CREATED_AT).fieldId();
      try (CloseableIterable<FileScanTask> files =
          table.newScan().includeColumnStats().planFiles()) {
        return StreamSupport.stream(files.spliterator(), false)
            .map(file -> file.file().upperBounds())
            .filter(bounds -> bounds != null && bounds.containsKey(createdAt))
            .mapToLong(
                bounds ->
                    Conversions.<Long>fromByteBuffer(
                        Types.TimestampType.withZone(), bounds.get(createdAt)))
            .max();
      }
    }

    /** Adds the first entities of rows that {@code which} is true of. */
    private void choose(Expression which, int most, Set<Found> chosen) throws IOException {
      if (chosen.size() >= most) {
        return;
      }
      List<String> columns = new ArrayList<>(keys.stream().map(Field::name).toList());
      columns.add(LogSchema.BUCKET);
      try (CloseableIterable<Record> rows =
          IcebergGenerics.read(table).where(which).select(columns).build()) {
        for (Record row : rows) {
          chosen.add(new Found(key(row), (Integer) row.getField(LogSchema.BUCKET)));
          if (chosen.size() >= most) {
            return;
          }
        }
      }
    }

    private Expression isEntity(Found found) {
      Expression is = Expressions.equal(LogSchema.BUCKET, found.bucket());
      for (int i = 0; i < keys.size(); i++) {
        Object value = found.key().get(i);
        Object literal = value instanceof java.time.LocalDate day ? (Object) day.toString() : value;
        is = Expressions.and(is, Expressions.equal(keys.get(i).name(), literal));
      }
      return is;
    }

    private List<Object> key(Record row) {
      List<Object> key = new ArrayList<>();
      for (Field each : keys) {
        key.add(Objects.requireNonNull(canonical(each.type(), row.getField(each.name()))));
      }
      return key;
    }

    private FeatureRow row(Record row) {
      RowTime time =
          new RowTime(
              micros(row, LogSchema.EVENT_TIME),
              micros(row, LogSchema.AVAILABLE_AT),
              micros(row, LogSchema.CREATED_AT));
      if ((Boolean) row.getField(LogSchema.TOMBSTONE)) {
        return FeatureRow.tombstone(time);
      }
      List<@Nullable Object> values = new ArrayList<>();
      features.forEach(each -> values.add(canonical(each.type(), row.getField(each.name()))));
      return new FeatureRow(time, values);
    }

    private static long micros(Record row, String column) {
      return Micros.of(((OffsetDateTime) row.getField(column)).toInstant());
    }

    private static @Nullable Object canonical(DataType type, @Nullable Object value) {
      if (value instanceof OffsetDateTime time) {
        return time.toInstant();
      }
      if (value instanceof ByteBuffer bytes) {
        byte[] content = new byte[bytes.remaining()];
        bytes.duplicate().get(content);
        return Bytes.owning(content);
      }
      if (value instanceof List<?> list && type instanceof DataType.ArrayOf array) {
        List<@Nullable Object> elements = new ArrayList<>();
        list.forEach(each -> elements.add(canonical(array.element(), each)));
        return CanonicalValue.of(type, elements);
      }
      return CanonicalValue.of(type, value);
    }
  }
}
