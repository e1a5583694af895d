package dev.plumbline.offline.pointintime;

import dev.plumbline.timeline.AsOfRule;
import dev.plumbline.timeline.PointInTime;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * Labels of one bucket in the order in which they came, and the instants at which they ask for each
 * entity: all of one entity together, ascending, each once.
 */
final class BucketLabels {
  private static final int NOBODY = -1;

  private final LabelColumns columns;
  private final PackedRows rows;
  private final EntityNumbers entities;

  /** Of each label the number of its instant; {@link #NOBODY}: a key is null. */
  private int[] places = new int[1024];

  /** The first instant of each entity, and behind the last the number of instants. */
  private int[] firsts = new int[1];

  private long[] instants = new long[0];

  private BucketLabels(LabelColumns columns) {
    this.columns = columns;
    this.rows = new PackedRows(columns.width());
    this.entities = new EntityNumbers(columns.keys(), rows::get);
  }

  /**
   * Takes labels, in any order, from {@code rows} until there are no more, or those taken have so
   * many bytes.
   */
  static BucketLabels read(Iterator<InternalRow> rows, LabelColumns columns, long maxBytes) {
    BucketLabels bucket = new BucketLabels(columns);
    int[] entityOf = bucket.readRows(rows, maxBytes);
    bucket.arrange(entityOf);
    return bucket;
  }

  /** Of each label its entity. */
  private int[] readRows(Iterator<InternalRow> labels, long maxBytes) {
    int[] entityOf = places;
    while (rows.bytes() < maxBytes && labels.hasNext()) {
      UnsafeRow label = (UnsafeRow) labels.next();
      int number = rows.size();
      rows.add(label);
      if (number == entityOf.length) {
        entityOf = Arrays.copyOf(entityOf, 2 * number);
      }
      entityOf[number] = columns.keys().hasNull(label) ? NOBODY : entities.add(label, number);
    }
    return entityOf;
  }

  private void arrange(int[] entityOf) {
    int[] ends = ends(entityOf);
    long[] all = new long[ends[ends.length - 1]];
    int[] next = Arrays.copyOf(ends, entities.size());
    for (int label = 0; label < size(); label++) {
      if (entityOf[label] != NOBODY) {
        all[next[entityOf[label]]++] = instant(label);
      }
    }
    firsts = new int[entities.size() + 1];
    int distinct = 0;
    for (int entity = 0; entity < entities.size(); entity++) {
      firsts[entity] = distinct;
      Arrays.sort(all, ends[entity], ends[entity + 1]);
      for (int i = ends[entity]; i < ends[entity + 1]; i++) {
        if (distinct == firsts[entity] || all[i] != all[distinct - 1]) {
          all[distinct++] = all[i];
        }
      }
    }
    firsts[entities.size()] = distinct;
    instants = distinct == all.length ? all : Arrays.copyOf(all, distinct);
    places = entityOf;
    for (int label = 0; label < size(); label++) {
      int entity = entityOf[label];
      if (entity != NOBODY) {
        places[label] =
            Arrays.binarySearch(instants, firsts[entity], firsts[entity + 1], instant(label));
      }
    }
  }

  /** Where the instants of each entity begin, each label having one. */
  private int[] ends(int[] entityOf) {
    int[] ends = new int[entities.size() + 1];
    for (int label = 0; label < size(); label++) {
      if (entityOf[label] != NOBODY) {
        ends[entityOf[label] + 1]++;
      }
    }
    for (int entity = 0; entity < entities.size(); entity++) {
      ends[entity + 1] += ends[entity];
    }
    return ends;
  }

  int size() {
    return rows.size();
  }

  /** The label's row; the object is used again for the next one. */
  InternalRow label(int label) {
    return rows.get(label);
  }

  long instant(int label) {
    return rows.get(label).getLong(columns.time());
  }

  long maxAge(int label) {
    InternalRow row = rows.get(label);
    boolean unlimited = columns.maxAge() < 0 || row.isNullAt(columns.maxAge());
    return unlimited ? AsOfRule.requestedMaxAge(Optional.empty()) : row.getLong(columns.maxAge());
  }

  /** At which of {@link #instants} the label asks; negative: a key is null. */
  int place(int label) {
    return places[label];
  }

  /** The number of the entity that a table's row is of; negative: no label asks for it. */
  int entity(InternalRow tableRow) {
    return entities.find(tableRow);
  }

  /** The number of the first instant of an entity; of the one behind the last: of all instants. */
  int first(int entity) {
    return firsts[entity];
  }

  /** All instants, those of an entity together and ascending. */
  long[] instants() {
    return instants;
  }

  /** Ends the look-ups of all entities. */
  void resolve(PointInTime lookUps) {
    for (int entity = 0; entity < entities.size(); entity++) {
      lookUps.resolve(firsts[entity], firsts[entity + 1]);
    }
  }
}
