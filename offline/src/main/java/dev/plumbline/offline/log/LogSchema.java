package dev.plumbline.offline.log;

import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.expression.CatalystValues;
import dev.plumbline.expression.SparkTypes;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.RowTime;
import dev.plumbline.type.Bytes;
import dev.plumbline.type.DataType;
import dev.plumbline.type.Field;
import dev.plumbline.type.ValueBytes;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a view's table, in order: the entity's keys, the three times, whether the row is a
 * tombstone, the features, and the bucket of the key.
 *
 * <p>Columns that are not the user's begin with an underscore, which no name of theirs can.
 */
public final class LogSchema implements Serializable {
  private static final long serialVersionUID = 1;

  public static final String EVENT_TIME = "_event_time";
  public static final String AVAILABLE_AT = "_available_at";
  public static final String CREATED_AT = "_created_at";
  public static final String TOMBSTONE = "_tombstone";
  public static final String BUCKET = "_bucket";

  private final List<Field> keys;
  private final List<Field> features;
  private final List<DataType> keyTypes;
  private final DataType[] featureTypes;
  private final org.apache.spark.sql.types.DataType[] sparkTypes;

  public LogSchema(Entity entity, FeatureView view) {
    keys = List.copyOf(entity.keys());
    features = List.copyOf(view.fields());
    keyTypes = keys.stream().map(Field::type).toList();
    featureTypes = features.stream().map(Field::type).toArray(DataType[]::new);
    sparkTypes =
        keyTypes.stream().map(SparkTypes::of).toArray(org.apache.spark.sql.types.DataType[]::new);
  }

  public StructType struct() {
    StructType struct = new StructType();
    for (Field key : keys) {
      struct = struct.add(key.name(), SparkTypes.of(key.type()), false);
    }
    struct =
        struct
            .add(EVENT_TIME, DataTypes.TimestampType, false)
            .add(AVAILABLE_AT, DataTypes.TimestampType, false)
            .add(CREATED_AT, DataTypes.TimestampType, false)
            .add(TOMBSTONE, DataTypes.BooleanType, false);
    for (Field feature : features) {
      struct = struct.add(feature.name(), SparkTypes.of(feature.type()), true);
    }
    return struct.add(BUCKET, DataTypes.IntegerType, false);
  }

  public List<Field> keys() {
    return keys;
  }

  public List<Field> features() {
    return features;
  }

  public int firstFeature() {
    return keys.size() + 4;
  }

  public RowTime time(InternalRow row) {
    int at = keys.size();
    return new RowTime(row.getLong(at), row.getLong(at + 1), row.getLong(at + 2));
  }

  public boolean isTombstone(InternalRow row) {
    return row.getBoolean(keys.size() + 3);
  }

  /** The entity of a row whose first columns are the entity's keys. */
  public Bytes entityKey(InternalRow row) {
    return ValueBytes.of(keyTypes, keyValues(row));
  }

  /** The keys of such a row, as canonical values. */
  public List<Object> keyValues(InternalRow row) {
    List<Object> values = new ArrayList<>(keys.size());
    for (int i = 0; i < keys.size(); i++) {
      values.add(Objects.requireNonNull(value(row, i, keyTypes.get(i)), "a key is null"));
    }
    return values;
  }

  public FeatureRow featureRow(InternalRow row) {
    if (isTombstone(row)) {
      return FeatureRow.tombstone(time(row));
    }
    List<@Nullable Object> values = new ArrayList<>(features.size());
    for (int i = 0; i < features.size(); i++) {
      values.add(value(row, firstFeature() + i, features.get(i).type()));
    }
    return new FeatureRow(time(row), values);
  }

  private static @Nullable Object value(InternalRow row, int at, DataType type) {
    return CatalystValues.toCanonical(type, row.get(at, SparkTypes.of(type)));
  }

  /**
   * A row of the table.
   *
   * @param keyed a row whose first columns are the entity's keys
   */
  public InternalRow tableRow(InternalRow keyed, FeatureRow row, int bucket) {
    @Nullable Object[] columns = new @Nullable Object[firstFeature() + features.size() + 1];
    for (int i = 0; i < keys.size(); i++) {
      columns[i] = keyed.get(i, sparkTypes[i]);
    }
    int at = keys.size();
    columns[at] = row.time().eventTime();
    columns[at + 1] = row.time().availableAt();
    columns[at + 2] = row.time().createdAt();
    columns[at + 3] = row.isTombstone();
    List<@Nullable Object> values = row.values();
    for (int i = 0; values != null && i < featureTypes.length; i++) {
      columns[at + 4 + i] = CatalystValues.toCatalyst(featureTypes[i], values.get(i));
    }
    columns[columns.length - 1] = bucket;
    return new GenericInternalRow(columns);
  }
}
