package dev.plumbline.offline.pointintime;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Where in a label's row the join finds what it needs.
 *
 * @param keys positions of the entity's keys
 * @param maxAge position of the greatest age allowed; negative: labels have none
 */
record LabelColumns(int[] keys, DataType[] keyTypes, int time, int maxAge) implements Serializable {
  static LabelColumns of(StructType labels, int keys, boolean limited) {
    int[] positions = new int[keys];
    DataType[] types = new DataType[keys];
    for (int i = 0; i < keys; i++) {
      positions[i] = labels.fieldIndex(RoleJoin.key(i));
      types[i] = labels.fields()[positions[i]].dataType();
    }
    int maxAge = limited ? labels.fieldIndex(PointInTimeJoin.MAX_AGE) : -1;
    return new LabelColumns(positions, types, labels.fieldIndex(PointInTimeJoin.TIME), maxAge);
  }

  /** The entity of a label as a row of its keys. Not thread-safe; the row is used again. */
  UnsafeProjection entityOfLabel() {
    return projection(keys);
  }

  /** The entity of a table's row, whose first columns are the keys. */
  UnsafeProjection entityOfTableRow() {
    int[] first = new int[keys.length];
    for (int i = 0; i < first.length; i++) {
      first[i] = i;
    }
    return projection(first);
  }

  private UnsafeProjection projection(int[] positions) {
    List<Expression> references = new ArrayList<>();
    for (int i = 0; i < positions.length; i++) {
      references.add(new BoundReference(positions[i], keyTypes[i], true));
    }
    return UnsafeProjection.create(CollectionConverters.asScala(references).toSeq());
  }
}
