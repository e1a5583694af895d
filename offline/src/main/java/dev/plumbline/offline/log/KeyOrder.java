package dev.plumbline.offline.log;

import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The order of rows by the keys in their first columns, the same in which Spark sorts them. Keys
 * are not null.
 *
 * <p>It exists so that two sides that Spark has sorted can be merged without another shuffle.
 */
public final class KeyOrder implements Comparator<InternalRow>, Serializable {
  private static final long serialVersionUID = 1;

  private final DataType[] types;

  public KeyOrder(List<Field> keys) {
    types = keys.stream().map(Field::type).toArray(DataType[]::new);
  }

  @Override
  public int compare(InternalRow left, InternalRow right) {
    for (int i = 0; i < types.length; i++) {
      int order = compare(left, right, i, (Primitive) types[i]);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static int compare(InternalRow left, InternalRow right, int at, Primitive type) {
    return switch (type) {
      case BOOLEAN -> Boolean.compare(left.getBoolean(at), right.getBoolean(at));
      case INT, DATE -> Integer.compare(left.getInt(at), right.getInt(at));
      case BIGINT -> Long.compare(left.getLong(at), right.getLong(at));
      case STRING -> left.getUTF8String(at).compareTo(right.getUTF8String(at));
      default -> throw new IllegalArgumentException(type + " is not a type of keys");
    };
  }

  /** Whether any key of the row is null. */
  public boolean hasNull(InternalRow row) {
    for (int i = 0; i < types.length; i++) {
      if (row.isNullAt(i)) {
        return true;
      }
    }
    return false;
  }
}
