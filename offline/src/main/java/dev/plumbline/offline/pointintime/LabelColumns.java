package dev.plumbline.offline.pointintime;

import dev.plumbline.offline.log.RowKeys;
import java.io.Serializable;
import org.apache.spark.sql.types.StructType;

/**
 * Where in a label's row the join finds what it needs. Its first columns are the entity's keys.
 *
 * @param width how many columns there are
 * @param maxAge position of the greatest age allowed; negative: labels have none
 */
record LabelColumns(RowKeys keys, int width, int time, int maxAge) implements Serializable {
  static LabelColumns of(StructType labels, RowKeys keys, boolean limited) {
    int maxAge = limited ? labels.fieldIndex(PointInTimeJoin.MAX_AGE) : -1;
    return new LabelColumns(keys, labels.length(), labels.fieldIndex(PointInTimeJoin.TIME), maxAge);
  }
}
