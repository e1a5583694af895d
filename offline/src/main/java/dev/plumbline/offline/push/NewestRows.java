package dev.plumbline.offline.push;

import dev.plumbline.offline.log.LogSchema;
import dev.plumbline.type.Bytes;
import java.io.Serializable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.jdk.javaapi.CollectionConverters;

/** The newest row of each entity, of the rows of one bucket. */
final class NewestRows implements Serializable {
  private static final long serialVersionUID = 1;

  private final LogSchema schema;

  NewestRows(LogSchema schema) {
    this.schema = schema;
  }

  Iterator<InternalRow> of(Iterator<InternalRow> rows) {
    Map<Bytes, InternalRow> newest = new HashMap<>();
    while (rows.hasNext()) {
      InternalRow row = rows.next();
      newest.merge(schema.entityKey(row), row.copy(), this::newer);
    }
    return newest.values().iterator();
  }

  /** Those of {@code rows} whose entity {@code others} has a row of, both of one bucket. */
  Iterator<InternalRow> ofThoseIn(Iterator<InternalRow> rows, Iterator<InternalRow> others) {
    Set<Bytes> entities = new HashSet<>();
    others.forEachRemaining(row -> entities.add(schema.entityKey(row)));
    return CollectionConverters.asJava(
        CollectionConverters.asScala(rows).filter(row -> entities.contains(schema.entityKey(row))));
  }

  private InternalRow newer(InternalRow one, InternalRow other) {
    return schema.time(one).compareTo(schema.time(other)) >= 0 ? one : other;
  }
}
