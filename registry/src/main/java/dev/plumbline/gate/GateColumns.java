package dev.plumbline.gate;

import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.gate.Examples.Example;
import dev.plumbline.type.DataType;
import dev.plumbline.type.Field;
import dev.plumbline.type.Micros;
import dev.plumbline.type.ValueBytes;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The columns of the rows that a view's expectations look at. */
final class GateColumns implements Serializable {
  private static final long serialVersionUID = 1;
  private static final String EVENT_TIME = "_event_time"; // no feature can have this name

  private final List<Field> keys;
  private final List<Field> features;
  private final List<DataType> keyTypes;
  private final boolean windowed;

  GateColumns(FeatureView view, Entity entity) {
    keys = List.copyOf(entity.keys());
    features = List.copyOf(view.fields());
    keyTypes = keys.stream().map(Field::type).toList();
    windowed = view.isWindowed();
  }

  Example example(List<Object> key, SeenRow row) {
    return new Example(
        ValueBytes.of(keyTypes, key), row.eventTime(), row.content(), key, row.values());
  }

  /** The key of an example, in a row view its time, and its values of the features in question. */
  Map<String, @Nullable Object> cells(Example example, List<Integer> shown) {
    Map<String, @Nullable Object> cells = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      cells.put(keys.get(i).name(), example.key().get(i));
    }
    if (!windowed) {
      cells.put(EVENT_TIME, Micros.instant(example.eventTime()));
    }
    for (int feature : shown) {
      cells.put(features.get(feature).name(), example.values().get(feature));
    }
    return cells;
  }

  /** The features of all rows, by their positions. */
  List<Integer> all() {
    return IntStream.range(0, features.size()).boxed().toList();
  }
}
