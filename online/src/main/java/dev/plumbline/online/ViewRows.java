package dev.plumbline.online;

import dev.plumbline.store.ReadBatch;
import dev.plumbline.timeline.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * What the rows of a reply have found in one view in one role, laid out for features to be written
 * one after the other. Used for one reply after the other; not thread-safe.
 */
final class ViewRows {
  private int[] entities = {};
  private int rows;

  /** By row, as the wire has them. */
  private byte[] statuses = {};

  /** By row; of one without values, that of another. */
  private int[] columns = {};

  /** Rows that are MISSING or EXPIRED. */
  private final BitSet absent = new BitSet();

  /** Rows without values, which are those and the INVALID ones. */
  private final BitSet empty = new BitSet();

  /** By feature of the view: the rows with values in which it is null. */
  private final List<BitSet> nulls = new ArrayList<>();

  private final BitSet emptyOfFeature = new BitSet();

  /** By what the wire calls a status. */
  private final int[] counts = new int[WireStatus.END];

  /**
   * Finds the rows.
   *
   * @param entitiesOfRows as {@link FeatureQuery} has them
   * @param features of the view
   */
  void find(int[] entitiesOfRows, int count, int features, ReadBatch batch, EntityAnswers answers) {
    begin(entitiesOfRows, count, features);
    int someColumns = 0;
    for (int row = 0; row < rows; row++) {
      int entity = entities[row];
      Status status = answers.status(entity);
      byte wire = WireStatus.of(status);
      statuses[row] = wire;
      counts[wire]++;
      if (status == Status.PRESENT) {
        someColumns = answers.columns(entity);
        columns[row] = someColumns;
        findNulls(row, batch.array(), answers.nulls(entity), features);
      } else {
        empty.set(row);
        absent.set(row, status.isAbsent());
      }
    }
    for (int row = empty.nextSetBit(0); row >= 0; row = empty.nextSetBit(row + 1)) {
      columns[row] = someColumns;
    }
  }

  private void begin(int[] entitiesOfRows, int count, int features) {
    entities = entitiesOfRows;
    rows = count;
    if (statuses.length < count) {
      statuses = new byte[count];
      columns = new int[count];
    }
    while (nulls.size() < features) {
      nulls.add(new BitSet());
    }
    nulls.forEach(BitSet::clear);
    absent.clear();
    empty.clear();
    Arrays.fill(counts, 0);
  }

  private void findNulls(int row, byte[] records, int bitmap, int features) {
    if (bitmap == ReadBatch.NO_NULLS) {
      return;
    }
    for (int first = 0; first < features; first += Byte.SIZE) {
      int bits = records[bitmap + first / Byte.SIZE] & 0xff;
      while (bits != 0) {
        int feature = first + Integer.numberOfTrailingZeros(bits);
        if (feature < features) {
          nulls.get(feature).set(row);
        }
        bits &= bits - 1;
      }
    }
  }

  int entity(int row) {
    return entities[row];
  }

  /** By row, as the wire has them; of the view, so none is NULL. */
  byte[] statuses() {
    return statuses;
  }

  /**
   * By row, where its record's columns begin ({@link ReadBatch#columns}); of a row that is {@link
   * #empty}, those of another one, so that values can be copied without a look at each row. They
   * mean nothing if {@link #areEmpty all} are.
   */
  int[] columns() {
    return columns;
  }

  /** Whether no row has values. */
  boolean areEmpty() {
    return counts[WireStatus.PRESENT] == 0;
  }

  /** Whether a row is MISSING or EXPIRED. */
  boolean isAbsent(int row) {
    return absent.get(row);
  }

  /** Rows in which a feature is null. */
  BitSet nulls(int feature) {
    return nulls.get(feature);
  }

  /** Rows in which a feature has no value in a record; valid until the next call. */
  BitSet empty(int feature) {
    BitSet ofFeature = nulls.get(feature);
    if (ofFeature.isEmpty()) {
      return empty;
    }
    emptyOfFeature.clear();
    emptyOfFeature.or(empty);
    emptyOfFeature.or(ofFeature);
    return emptyOfFeature;
  }

  /** About how many bytes of memory are kept, also of the reply that was written last. */
  long room() {
    long bitmaps = 3L + nulls.size();
    return (long) Integer.BYTES * (entities.length + columns.length)
        + statuses.length
        + bitmaps * (statuses.length / Byte.SIZE);
  }

  /** How many rows have a status, by what the wire calls it. */
  int count(int wireStatus) {
    return counts[wireStatus];
  }
}
