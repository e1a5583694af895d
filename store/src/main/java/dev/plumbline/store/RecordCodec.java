package dev.plumbline.store;

import dev.plumbline.store.ReadBatch.Held;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.RowTime;
import dev.plumbline.type.CanonicalValue;
import dev.plumbline.type.Field;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one view as bytes: format and flags, three times, columns, checksum. Docs: {@code
 * docs/spec/online-record.md}.
 */
final class RecordCodec {
  /** The times lie from here; their sign bits are flipped, so that they compare as unsigned. */
  private static final int TIMES_FROM = 1;

  private static final int CREATED_AT = TIMES_FROM + 2 * Long.BYTES;
  private static final int TIMES_TO = CREATED_AT + RunStamp.BYTES;

  /** Where the bitmap of nulls lies, if there is one, and else the slots. */
  static final int COLUMNS = TIMES_TO;

  private static final int TIMES = TIMES_TO - TIMES_FROM;

  private static final int NO_FLAGS = 0;

  /** Flag of the first byte: no columns follow. */
  private static final int TOMBSTONE = 0x40;

  /** Flag of the first byte, its sign: a bitmap of nulls follows, before the slots. */
  private static final int NULLS = 0x80;

  private final List<Field> features;
  private final Envelope envelope;
  private final Columns columns;

  /** Of records without a null, which have no bitmap. */
  private final Columns filled;

  RecordCodec(OnlineView view) {
    features = view.features();
    columns = new Columns(features.stream().map(f -> Column.of(f.type())).toList());
    filled = columns.filled();
    envelope = Envelope.ofRecords(features);
  }

  /**
   * Whether a record replaces what is held: it does if it is newer, in the order of {@link
   * RowTime}, or if what is held has not even the format of a record.
   */
  static boolean replaces(byte[] record, byte[] held) {
    return held.length < TIMES_TO
        || (held[0] & Envelope.FORMAT_BITS) != Envelope.FORMAT
        || Arrays.compareUnsigned(record, TIMES_FROM, TIMES_TO, held, TIMES_FROM, TIMES_TO) > 0;
  }

  /**
   * A record that {@link #decode} reads back under the same key.
   *
   * @throws IllegalArgumentException if the values are not those of the view's features, or its
   *     {@code created_at} is not a {@link RunStamp}
   */
  byte[] encode(byte[] key, FeatureRow row) {
    List<@Nullable Object> values = row.values();
    if (values == null) {
      return sealed(key, TOMBSTONE, row.time(), ByteBuffer.allocate(0));
    }
    ByteBuffer body = ByteBuffer.wrap(columns(values));
    return columns.areFilled(body.array())
        ? sealed(key, NO_FLAGS, row.time(), body.position(columns.bitmap()))
        : sealed(key, NULLS, row.time(), body);
  }

  private byte[] sealed(byte[] key, int flags, RowTime time, ByteBuffer body) {
    ByteBuffer content = ByteBuffer.allocate(TIMES + body.remaining());
    putTime(content, time.eventTime());
    putTime(content, time.availableAt());
    RunStamp.put(content, time.createdAt());
    return envelope.seal(key, flags, content.put(body).flip());
  }

  /** The row in {@code value}, or why it holds none of this key and view. */
  Reading.Found decode(byte[] key, byte[] value) {
    return decode(ByteRuns.of(key), 0, ByteRuns.of(value), 0);
  }

  /** {@link #decode(byte[], byte[])} of runs. */
  Reading.Found decode(ByteRuns keys, int key, ByteRuns values, int value) {
    try {
      boolean isTombstone = isTombstone(keys, key, values, value);
      byte[] bytes = values.array();
      int from = values.from(value);
      RowTime time =
          new RowTime(eventTime(bytes, from), availableAt(bytes, from), createdAt(bytes, from));
      return new Reading.Found.Present(
          isTombstone
              ? FeatureRow.tombstone(time)
              : new FeatureRow(time, columns(bytes, from).read(columnsOf(values, value))));
    } catch (UnreadableBytesException
        | BufferUnderflowException
        | DateTimeException
        | ArithmeticException e) {
      String reason = e.getMessage();
      return new Reading.Found.Unreadable(reason == null ? "it ends too early" : reason);
    }
  }

  /** What a value is; if it holds values, all of them can be read in place. */
  Held held(ByteRuns keys, int key, ByteRuns values, int value) {
    try {
      if (isTombstone(keys, key, values, value)) {
        return Held.TOMBSTONE;
      }
      columns(values.array(), values.from(value)).check(columnsOf(values, value));
      return Held.VALUES;
    } catch (UnreadableBytesException
        | BufferUnderflowException
        | DateTimeException
        | ArithmeticException e) {
      return Held.UNREADABLE;
    }
  }

  private boolean isTombstone(ByteRuns keys, int key, ByteRuns values, int value) {
    envelope.check(keys, key, values, value);
    byte first = values.array()[values.from(value)];
    int columnBytes = columnBytes(values, value);
    if (columnBytes < 0) {
      throw new UnreadableBytesException("it ends too early");
    }
    if ((first & TOMBSTONE) == 0) {
      return false;
    }
    if ((first & NULLS) != 0 || columnBytes > 0) {
      throw new UnreadableBytesException(
          "a tombstone of flags %02x before %d bytes (expected: flags %02x before none)"
              .formatted(first & ~Envelope.FORMAT_BITS & 0xff, columnBytes, TOMBSTONE));
    }
    return true;
  }

  private static int columnBytes(ByteRuns values, int value) {
    return values.length(value) - TIMES - Envelope.OVERHEAD;
  }

  private static ByteBuffer columnsOf(ByteRuns values, int value) {
    return ByteBuffer.wrap(values.array(), values.from(value) + COLUMNS, columnBytes(values, value))
        .slice();
  }

  /** Of a record that begins at {@code from}. */
  static long eventTime(byte[] bytes, int from) {
    return getTime(bytes, from + TIMES_FROM);
  }

  private static long availableAt(byte[] bytes, int from) {
    return getTime(bytes, from + TIMES_FROM + Long.BYTES);
  }

  /** Of a record that begins at {@code from}. */
  static long createdAt(byte[] bytes, int from) {
    return RunStamp.get(bytes, from + CREATED_AT);
  }

  /** Whether a record that begins at {@code from} has a bitmap of nulls. */
  static boolean hasNulls(byte[] bytes, int from) {
    return bytes[from] < 0;
  }

  /** Whether a feature is null in a record of values that begins at {@code from}. */
  static boolean isNull(byte[] bytes, int from, int feature) {
    return hasNulls(bytes, from) && Columns.isNull(bytes, from + COLUMNS, feature);
  }

  /** Bytes of nulls before the slots, in a record that has any. */
  int bitmap() {
    return columns.bitmap();
  }

  /** The columns of a record of values that begins at {@code from}. */
  Columns columns(byte[] bytes, int from) {
    return hasNulls(bytes, from) ? columns : filled;
  }

  /** Where the slot of a feature begins, after the first one's. */
  int slot(int feature) {
    return columns.slot(feature);
  }

  private byte[] columns(List<? extends @Nullable Object> values) {
    if (values.size() != features.size()) {
      throw new IllegalArgumentException(
          "%d values (expected: %d, one for each of %s)"
              .formatted(values.size(), features.size(), features));
    }
    try {
      return columns.write(values);
    } catch (ClassCastException e) {
      throw new IllegalArgumentException(misfit(values), e);
    }
  }

  /** Names the first value that is not of its feature's type. */
  private String misfit(List<? extends @Nullable Object> values) {
    for (int i = 0; i < values.size(); i++) {
      try {
        CanonicalValue.of(features.get(i).type(), values.get(i));
      } catch (IllegalArgumentException e) {
        return "feature '%s': %s".formatted(features.get(i).name(), e.getMessage());
      }
    }
    return values + " are not values of " + features;
  }

  /** Eight bytes that compare as unsigned in the order of time. */
  static void putTime(ByteBuffer out, long micros) {
    out.putLong(micros ^ Long.MIN_VALUE);
  }

  static long getTime(byte[] bytes, int at) {
    return BigEndian.getLong(bytes, at) ^ Long.MIN_VALUE;
  }
}
