package dev.plumbline.offline.pointintime;

import dev.plumbline.timeline.AsOfRule;
import dev.plumbline.timeline.PointInTime;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * Labels of one bucket, and the instants at which they ask for each entity: all of one entity
 * together, ascending, each once. Labels are numbered in the order of their instants, so that
 * whoever goes through them goes through what is kept by instant in order too.
 */
final class BucketLabels {
  private static final int NOBODY = -1;

  /** About how much is kept of a label beside its row and its answers. */
  private static final long LABEL_BYTES = 64;

  private static final long UNLIMITED = AsOfRule.requestedMaxAge(Optional.empty());

  private final LabelColumns columns;
  private PackedRows rows;
  private final EntityNumbers entities;

  /** Of each label the number of its instant, ascending; {@link #NOBODY}: a key is null. */
  private int[] places = new int[0];

  /** The first instant of each entity, and behind the last the number of instants. */
  private int[] firsts = new int[1];

  private long[] instants = new long[0];

  private BucketLabels(LabelColumns columns) {
    this.columns = columns;
    this.rows = new PackedRows(columns.width());
    this.entities = new EntityNumbers(columns.keys(), number -> rows.get(number));
  }

  /**
   * Takes labels, in any order, from {@code rows} until there are no more, or those taken have so
   * many bytes.
   *
   * @param besides how many bytes the answers to each label take
   */
  static BucketLabels read(
      Iterator<InternalRow> rows, LabelColumns columns, long besides, long maxBytes) {
    BucketLabels bucket = new BucketLabels(columns);
    int[] entityOfRow = bucket.readRows(rows, besides, maxBytes);
    bucket.arrangeInstants(entityOfRow);
    bucket.arrangeLabels(entityOfRow);
    return bucket;
  }

  /** Of each row its entity. */
  private int[] readRows(Iterator<InternalRow> labels, long besides, long maxBytes) {
    int[] entityOf = new int[1024];
    while (rows.bytes() + (LABEL_BYTES + besides) * rows.size() < maxBytes && labels.hasNext()) {
      UnsafeRow label = (UnsafeRow) labels.next();
      int number = rows.size();
      rows.add(label);
      if (number == entityOf.length) {
        entityOf = Arrays.copyOf(entityOf, 2 * number);
      }
      entityOf[number] = columns.keys().hasNull(label) ? NOBODY : entities.add(label, number);
    }
    int[] numbers = entities.sort();
    for (int row = 0; row < size(); row++) {
      if (entityOf[row] != NOBODY) {
        entityOf[row] = numbers[entityOf[row]];
      }
    }
    return entityOf;
  }

  private void arrangeInstants(int[] entityOfRow) {
    int[] begins = begins(entityOfRow);
    long[] all = new long[begins[entities.size()]];
    int[] next = Arrays.copyOf(begins, entities.size());
    for (int row = 0; row < size(); row++) {
      if (entityOfRow[row] != NOBODY) {
        all[next[entityOfRow[row]]++] = instantOfRow(row);
      }
    }
    firsts = new int[entities.size() + 1];
    int distinct = 0;
    for (int entity = 0; entity < entities.size(); entity++) {
      firsts[entity] = distinct;
      Arrays.sort(all, begins[entity], begins[entity + 1]);
      for (int i = begins[entity]; i < begins[entity + 1]; i++) {
        if (distinct == firsts[entity] || all[i] != all[distinct - 1]) {
          all[distinct++] = all[i];
        }
      }
    }
    firsts[entities.size()] = distinct;
    instants = distinct == all.length ? all : Arrays.copyOf(all, distinct);
  }

  /** Where the instants of each entity begin if each of its rows has one. */
  private int[] begins(int[] entityOfRow) {
    int[] begins = new int[entities.size() + 1];
    for (int row = 0; row < size(); row++) {
      if (entityOfRow[row] != NOBODY) {
        begins[entityOfRow[row] + 1]++;
      }
    }
    for (int entity = 0; entity < entities.size(); entity++) {
      begins[entity + 1] += begins[entity];
    }
    return begins;
  }

  /** Sorts by counting: those of nobody first, then instant by instant. */
  private void arrangeLabels(int[] entityOfRow) {
    int[] placeOfRow = new int[size()];
    int[] next = new int[instants.length + 2];
    for (int row = 0; row < size(); row++) {
      placeOfRow[row] = place(entityOfRow[row], row);
      next[placeOfRow[row] + 2]++;
    }
    for (int place = 0; place < instants.length; place++) {
      next[place + 1] += next[place];
    }
    int[] rowOfLabel = new int[size()];
    int[] labelOfRow = new int[size()];
    places = new int[size()];
    for (int row = 0; row < size(); row++) {
      int label = next[placeOfRow[row] + 1]++;
      rowOfLabel[label] = row;
      labelOfRow[row] = label;
      places[label] = placeOfRow[row];
    }
    rows = rows.inOrder(rowOfLabel);
    entities.move(labelOfRow);
  }

  private int place(int entity, int row) {
    return entity == NOBODY
        ? NOBODY
        : Arrays.binarySearch(instants, firsts[entity], firsts[entity + 1], instantOfRow(row));
  }

  private long instantOfRow(int row) {
    return rows.get(row).getLong(columns.time());
  }

  int size() {
    return rows.size();
  }

  /** The label's row; the object is used again for the next one. */
  InternalRow label(int label) {
    return rows.get(label);
  }

  long maxAge(int label) {
    if (columns.maxAge() < 0) {
      return UNLIMITED;
    }
    InternalRow row = label(label);
    return row.isNullAt(columns.maxAge()) ? UNLIMITED : row.getLong(columns.maxAge());
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
