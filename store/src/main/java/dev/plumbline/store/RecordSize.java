package dev.plumbline.store;

import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.RowTime;
import dev.plumbline.type.Bytes;
import dev.plumbline.type.DataType;
import dev.plumbline.type.Field;
import dev.plumbline.type.ValueBytes;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;

/**
 * About how many bytes the records of a view take in a Redis: what the codec gives for values of
 * its schema, and what Redis adds to a key, in the sizes that its allocator gives. A string is
 * taken to have {@link #TEXT} bytes, an array {@link #ELEMENTS} elements, nothing to be null.
 */
public final class RecordSize {
  /** Bytes of a string whose length is not known. */
  public static final int TEXT = 16;

  /** Elements of an array whose length is not known. */
  public static final int ELEMENTS = 16;

  /** Of a hash table: an entry of 24 bytes, and a bucket of 8 of which a half to all are in use. */
  private static final int TABLE_ENTRY = 24 + 12;

  private static final int OBJECT = 16;

  /** The longest text that lies beside its object. */
  private static final int EMBEDDED = 44;

  private final OnlineView view;
  private final RecordKeys keys;
  private final RecordCodec codec;
  private final FeatureRow row;

  public RecordSize(OnlineView view) {
    this.view = view;
    this.keys = new RecordKeys(view);
    this.codec = new RecordCodec(view);
    this.row =
        new FeatureRow(
            new RowTime(0, 0, 0),
            view.features().stream().map(Field::type).map(RecordSize::typical).toList());
  }

  /** Of one record of an entity that nothing is known of. */
  public long ofTypical() {
    List<Object> values = view.keyTypes().stream().map(RecordSize::typical).toList();
    return of(ValueBytes.of(view.keyTypes(), values));
  }

  /** Of as many records as {@code sample} has, of entities like those. */
  public long of(RecordSample sample) {
    double each =
        sample.entityKeys().stream().mapToLong(this::of).average().orElseGet(this::ofTypical);
    return Math.round(each * sample.records());
  }

  private long of(Bytes entityKey) {
    byte[] key = keys.of(entityKey);
    int value = codec.encode(key, row).length;
    long object =
        value <= EMBEDDED ? allocated(OBJECT + text(value)) : OBJECT + allocated(text(value));
    long expiry = view.rowLifetime().isPresent() ? TABLE_ENTRY : 0;
    return TABLE_ENTRY
        + allocated(key.length < 32 ? key.length + 2 : text(key.length))
        + object
        + expiry;
  }

  /** With header and end. */
  private static int text(int length) {
    return length + 1 + (length < 256 ? 3 : length < 65_536 ? 5 : 9);
  }

  /** The classes of jemalloc: multiples of 16 up to 128, from there on four to each doubling. */
  private static long allocated(int bytes) {
    if (bytes <= 8) {
      return 8;
    }
    int spacing = Math.max(16, Integer.highestOneBit(Math.max(1, bytes - 1)) / 4);
    return (long) (bytes + spacing - 1) / spacing * spacing;
  }

  private static Object typical(DataType type) {
    if (type instanceof DataType.Decimal decimal) {
      return new BigDecimal(0).setScale(decimal.scale());
    }
    if (type instanceof DataType.ArrayOf array) {
      return Collections.nCopies(ELEMENTS, typical(array.element()));
    }
    return switch ((DataType.Primitive) type) {
      case BOOLEAN -> true;
      case INT -> 0;
      case BIGINT -> 0L;
      case FLOAT -> 0f;
      case DOUBLE -> 0d;
      case DATE -> LocalDate.EPOCH;
      case TIMESTAMP -> Instant.EPOCH;
      case STRING -> "x".repeat(TEXT);
      case BINARY -> Bytes.owning("x".repeat(TEXT).getBytes(StandardCharsets.US_ASCII));
    };
  }
}
