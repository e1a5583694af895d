package dev.plumbline.store;

import dev.plumbline.type.Field;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What every stored value is wrapped in: one byte of format and flags before it and a CRC-32C after
 * it, taken over the key, what else the reader must know, the byte of format and the content; so a
 * value under another's key or of other features is noticed too. Immutable; thread-safe.
 */
final class Envelope {
  /** The only format so far. */
  static final byte FORMAT = 1;

  /** Which bits of a value's first byte are its format; the others are flags of a record. */
  static final int FORMAT_BITS = 0x3f;

  private static final int NO_FLAGS = 0;
  private static final int CHECKSUM = Integer.BYTES;

  /** What an envelope adds to its content. */
  static final int OVERHEAD = 1 + CHECKSUM;

  /** Of what is no record: all of the first byte is the format. */
  static final Envelope PLAIN = new Envelope(0xff, new byte[0], "this key and these bytes");

  private final int formatBits;

  /** Goes into the checksum between key and value. */
  private final byte[] schemaId;

  /** What goes into the checksum, in words. */
  private final String covered;

  private Envelope(int formatBits, byte[] schemaId, String covered) {
    this.formatBits = formatBits;
    this.schemaId = schemaId;
    this.covered = covered;
  }

  /** Of records of these features, in this order. */
  static Envelope ofRecords(List<Field> features) {
    CRC32C crc = new CRC32C();
    for (Field feature : features) {
      crc.update((feature + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return new Envelope(
        FORMAT_BITS,
        ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array(),
        "this key, the features %s and these bytes".formatted(features));
  }

  byte[] seal(byte[] key, byte[] content) {
    return seal(key, NO_FLAGS, ByteBuffer.wrap(content));
  }

  /** A value whose first byte has these flags beside its format. */
  byte[] seal(byte[] key, int flags, ByteBuffer content) {
    ByteBuffer sealed = ByteBuffer.allocate(content.remaining() + OVERHEAD);
    sealed.put((byte) (FORMAT | flags)).put(content);
    byte[] bytes = sealed.array();
    sealed.putInt(checksum(key, 0, key.length, bytes, 0, bytes.length - CHECKSUM));
    return bytes;
  }

  /**
   * The content that was sealed under {@code key}.
   *
   * @throws UnreadableBytesException if {@code value} is not one
   */
  ByteBuffer open(byte[] key, byte[] value) {
    check(ByteRuns.of(key), 0, ByteRuns.of(value), 0);
    return ByteBuffer.wrap(value, 1, value.length - OVERHEAD).slice();
  }

  /**
   * Requires that a value was sealed under a key. Its content then lies within it, after the first
   * byte and before the checksum.
   *
   * @throws UnreadableBytesException if it was not
   */
  void check(ByteRuns keys, int key, ByteRuns values, int value) {
    byte[] bytes = values.array();
    int from = values.from(value);
    int length = values.length(value);
    if (length < OVERHEAD) {
      throw new UnreadableBytesException(
          "%d bytes (expected: at least %d)".formatted(length, OVERHEAD));
    }
    int format = bytes[from] & formatBits;
    if (format != FORMAT) {
      throw new UnreadableBytesException("format %d (expected: %d)".formatted(format, FORMAT));
    }
    int stored = BigEndian.getInt(bytes, from + length - CHECKSUM);
    int computed =
        checksum(keys.array(), keys.from(key), keys.length(key), bytes, from, length - CHECKSUM);
    if (stored != computed) {
      throw new UnreadableBytesException(
          "checksum %08x (expected: %08x, of %s)".formatted(stored, computed, covered));
    }
  }

  private int checksum(
      byte[] keys, int keyFrom, int keyLength, byte[] values, int valueFrom, int valueLength) {
    CRC32C crc = new CRC32C();
    crc.update(keys, keyFrom, keyLength);
    crc.update(schemaId, 0, schemaId.length);
    crc.update(values, valueFrom, valueLength);
    return (int) crc.getValue();
  }
}
