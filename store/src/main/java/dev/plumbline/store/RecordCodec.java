package dev.plumbline.store;

import dev.plumbline.store.ReadBatch.Held;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.RowTime;
import dev.plumbline.type.CanonicalValue;
import dev.plumbline.type.Field;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one view as bytes: format, three times, schema id, flags, columns, checksum. Docs:
 * {@code docs/spec/online-record.md}.
 */
final class RecordCodec {
  /** The times lie from here; their sign bits are flipped, so that they compare as unsigned. */
  private static final int TIMES_FROM = 1;

  private static final int TIMES_TO = TIMES_FROM + 3 * Long.BYTES;

  private static final int SCHEMA = TIMES_TO;
  private static final int FLAGS = SCHEMA + Integer.BYTES;

  /** Where the columns of a record begin. */
  static final int COLUMNS = FLAGS + 1;

  private static final int HEADER = 3 * Long.BYTES + Integer.BYTES + 1;
  private static final byte VALUES = 0;
  private static final byte TOMBSTONE = 1;

  private final List<Field> features;
  private final Columns columns;
  private final int schema;

  RecordCodec(OnlineView view) {
    features = view.features();
    columns = new Columns(features.stream().map(f -> Column.of(f.type())).toList());
    schema = schemaId(features);
  }

  /**
   * Whether a record replaces what is held: it does if it is newer, in the order of {@link
   * RowTime}, or if what is held has not even the format of a record.
   */
  static boolean replaces(byte[] record, byte[] held) {
    return held.length < TIMES_TO
        || held[0] != Envelope.FORMAT
        || Arrays.compareUnsigned(record, TIMES_FROM, TIMES_TO, held, TIMES_FROM, TIMES_TO) > 0;
  }

  /**
   * A record that {@link #decode} reads back under the same key.
   *
   * @throws IllegalArgumentException if the values are not those of the view's features
   */
  byte[] encode(byte[] key, FeatureRow row) {
    List<@Nullable Object> values = row.values();
    byte[] body = values == null ? new byte[0] : columns(values);
    ByteBuffer content = ByteBuffer.allocate(HEADER + body.length);
    RowTime time = row.time();
    putTime(content, time.eventTime());
    putTime(content, time.availableAt());
    putTime(content, time.createdAt());
    content.putInt(schema).put(values == null ? TOMBSTONE : VALUES).put(body);
    return Envelope.seal(key, content.array());
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
              : new FeatureRow(time, columns.read(columnsOf(values, value))));
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
      columns.check(columnsOf(values, value));
      return Held.VALUES;
    } catch (UnreadableBytesException
        | BufferUnderflowException
        | DateTimeException
        | ArithmeticException e) {
      return Held.UNREADABLE;
    }
  }

  private boolean isTombstone(ByteRuns keys, int key, ByteRuns values, int value) {
    Envelope.check(keys, key, values, value);
    byte[] bytes = values.array();
    int from = values.from(value);
    int columnBytes = values.length(value) - HEADER - Envelope.OVERHEAD;
    if (columnBytes < 0) {
      throw new UnreadableBytesException("it ends too early");
    }
    int stored = BigEndian.getInt(bytes, from + SCHEMA);
    if (stored != schema) {
      throw new UnreadableBytesException(
          "schema %08x (expected: %08x, of features %s)".formatted(stored, schema, features));
    }
    byte flags = bytes[from + FLAGS];
    if (flags == VALUES) {
      return false;
    }
    if (flags != TOMBSTONE || columnBytes > 0) {
      throw new UnreadableBytesException(
          "flags %d before %d bytes (expected: 0 before values, 1 before none)"
              .formatted(flags, columnBytes));
    }
    return true;
  }

  private static ByteBuffer columnsOf(ByteRuns values, int value) {
    return ByteBuffer.wrap(
            values.array(),
            values.from(value) + COLUMNS,
            values.length(value) - HEADER - Envelope.OVERHEAD)
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
    return getTime(bytes, from + TIMES_FROM + 2 * Long.BYTES);
  }

  Columns columns() {
    return columns;
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

  /** Tells records of another list of features from this one's. */
  private static int schemaId(List<Field> features) {
    CRC32C crc = new CRC32C();
    for (Field feature : features) {
      crc.update((feature + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return (int) crc.getValue();
  }

  /** Eight bytes that compare as unsigned in the order of time. */
  static void putTime(ByteBuffer out, long micros) {
    out.putLong(micros ^ Long.MIN_VALUE);
  }

  static long getTime(byte[] bytes, int at) {
    return BigEndian.getLong(bytes, at) ^ Long.MIN_VALUE;
  }
}
