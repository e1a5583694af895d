package dev.plumbline.offline.materialize;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_micros;

import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.ReachedColumns;
import dev.plumbline.definition.Source;
import dev.plumbline.definition.Source.EventTime;
import dev.plumbline.expression.CatalystValues;
import dev.plumbline.expression.SparkTypes;
import dev.plumbline.offline.log.KeyBuckets;
import dev.plumbline.offline.log.RowKeys;
import dev.plumbline.timeline.Event;
import dev.plumbline.type.Bytes;
import dev.plumbline.type.DataType;
import dev.plumbline.type.Field;
import dev.plumbline.type.Micros;
import dev.plumbline.type.ValueBytes;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/**
 * Source rows as a view needs them: the entity's keys, event and arrival time in microseconds, the
 * columns that the view reaches (which break ties), the inputs of the features, the hash of the
 * keys.
 */
final class EventRows implements Serializable {
  private static final long serialVersionUID = 1;
  private static final String EVENT = "_event";
  private static final String ARRIVAL = "_arrival";
  private static final Bytes NO_TIES = Bytes.copyOf(new byte[0]);

  private final List<Field> keys;
  private final List<String> keyColumns;
  private final List<Field> reached;
  private final ViewInputs inputs;
  private final transient Source source;

  EventRows(Entity entity, FeatureView view, Source source) {
    this.keys = List.copyOf(entity.keys());
    this.keyColumns = keys.stream().map(key -> column(view, key.name())).toList();
    this.inputs = ViewInputs.of(view, source);
    this.reached =
        inputs.breaksTies()
            ? new ReachedColumns(view, source).ofView().stream().map(Source.Column::field).toList()
            : List.of();
    this.source = source;
  }

  private static String column(FeatureView view, String key) {
    String column = view.keys().get(key);
    if (column == null) {
      throw new IllegalArgumentException(
          "view %s does not say which column holds key '%s'".formatted(view.id(), key));
    }
    return column;
  }

  /**
   * The rows with {@code from <= event_time < to}.
   *
   * @param rows the declared columns of the source
   */
  Dataset<Row> select(Dataset<Row> rows, long from, long to) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      columns.add(
          col("`" + keyColumns.get(i) + "`").cast(SparkTypes.of(keys.get(i).type())).as("_k" + i));
    }
    columns.add(eventTime().as(EVENT));
    columns.add(arrivalTime().as(ARRIVAL));
    for (int i = 0; i < reached.size(); i++) {
      columns.add(col("`" + reached.get(i).name() + "`").as("_c" + i));
    }
    for (int i = 0; i < inputs.fields().size(); i++) {
      Field input = inputs.fields().get(i);
      columns.add(expr(input.name()).cast(SparkTypes.of(input.type())).as("_i" + i));
    }
    Dataset<Row> selected = rows.select(columns.toArray(Column[]::new));
    return selected
        .where(col(EVENT).geq(from).and(col(EVENT).lt(to)))
        .withColumn(RowKeys.HASH, KeyBuckets.hash(keyNames()));
  }

  Event event(InternalRow row) {
    int at = keys.size();
    Bytes ties =
        reached.isEmpty()
            ? NO_TIES
            : ValueBytes.of(
                reached.stream().map(Field::type).toList(), values(row, at + 2, reached));
    return new Event(
        row.getLong(at),
        row.getLong(at + 1),
        ties,
        values(row, at + 2 + reached.size(), inputs.fields()));
  }

  private static List<@Nullable Object> values(InternalRow row, int first, List<Field> fields) {
    List<@Nullable Object> values = new ArrayList<>(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      DataType type = fields.get(i).type();
      values.add(CatalystValues.toCanonical(type, row.get(first + i, SparkTypes.of(type))));
    }
    return values;
  }

  private List<Column> keyNames() {
    List<Column> names = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      names.add(col("_k" + i));
    }
    return names;
  }

  private Column eventTime() {
    if (source.eventTime() instanceof EventTime.ByColumn column) {
      return unix_micros(col("`" + column.column() + "`"));
    }
    return lit(Micros.of(((EventTime.Constant) source.eventTime()).instant()));
  }

  /**
   * A row without an arrival time was known when it happened; in a source without the column it
   * always was.
   */
  private Column arrivalTime() {
    return source
        .arrivalTime()
        .map(column -> coalesce(unix_micros(col("`" + column + "`")), eventTime()))
        .orElseGet(() -> lit(Event.NO_ARRIVAL));
  }
}
