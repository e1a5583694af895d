package dev.plumbline.offline.pointintime;

import dev.plumbline.timeline.AsOfRule;
import dev.plumbline.timeline.PointInTime;
import dev.plumbline.timeline.Visibility;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.jspecify.annotations.Nullable;

/** The labels of one bucket, grouped by entity, each entity's in the order of time. */
final class BucketLabels {
  private final LabelColumns columns;
  private final UnsafeProjection entityOfTableRow;
  private final List<InternalRow> labels = new ArrayList<>();
  private final Map<UnsafeRow, Integer> entities = new HashMap<>();

  /** The first label of each entity, and behind the last the number of labels. */
  private final List<Integer> firsts = new ArrayList<>();

  /** Of each label its entity. */
  private final List<Integer> entityOfLabel = new ArrayList<>();

  private BucketLabels(LabelColumns columns) {
    this.columns = columns;
    this.entityOfTableRow = columns.entityOfTableRow();
  }

  /**
   * @param rows sorted by key and time
   */
  static BucketLabels read(Iterator<InternalRow> rows, LabelColumns columns) {
    BucketLabels bucket = new BucketLabels(columns);
    UnsafeProjection entityOf = columns.entityOfLabel();
    while (rows.hasNext()) {
      InternalRow label = rows.next().copy();
      UnsafeRow key = entityOf.apply(label);
      Integer entity = bucket.entities.get(key);
      if (entity == null) {
        entity = bucket.firsts.size();
        bucket.entities.put(key.copy(), entity);
        bucket.firsts.add(bucket.labels.size());
      }
      bucket.entityOfLabel.add(entity);
      bucket.labels.add(label);
    }
    bucket.firsts.add(bucket.labels.size());
    return bucket;
  }

  int size() {
    return labels.size();
  }

  InternalRow label(int label) {
    return labels.get(label);
  }

  long instant(int label) {
    return labels.get(label).getLong(columns.time());
  }

  long maxAge(int label) {
    boolean unlimited = columns.maxAge() < 0 || labels.get(label).isNullAt(columns.maxAge());
    return unlimited
        ? AsOfRule.requestedMaxAge(Optional.empty())
        : labels.get(label).getLong(columns.maxAge());
  }

  /** The number of the entity that a table's row is of; negative: no label asks for it. */
  int entity(InternalRow tableRow) {
    Integer entity = entities.get(entityOfTableRow.apply(tableRow));
    return entity == null ? -1 : entity;
  }

  /** A look-up per entity, over its labels' instants. */
  List<PointInTime<InternalRow>> lookUps(Visibility visibility) {
    List<PointInTime<InternalRow>> lookUps = new ArrayList<>(firsts.size() - 1);
    for (int entity = 0; entity < firsts.size() - 1; entity++) {
      long[] instants = new long[firsts.get(entity + 1) - firsts.get(entity)];
      for (int i = 0; i < instants.length; i++) {
        instants[i] = instant(firsts.get(entity) + i);
      }
      lookUps.add(new PointInTime<>(instants, visibility));
    }
    return lookUps;
  }

  /** The newest row visible to a label; null if there is none, or a key is null. */
  @Nullable InternalRow newest(int label, List<PointInTime<InternalRow>> lookUps) {
    int entity = entityOfLabel.get(label);
    PointInTime<InternalRow> lookUp = lookUps.get(entity);
    int at = label - firsts.get(entity);
    return lookUp.isFound(at) ? lookUp.payload(at) : null;
  }
}
