package dev.plumbline.store;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * What every stored value is wrapped in: one byte of format before it and a CRC-32C after it, taken
 * over the key, the format and the content, so that a value under another's key is noticed too.
 */
final class Envelope {
  /** The only format so far. */
  static final byte FORMAT = 1;

  private static final int CHECKSUM = Integer.BYTES;

  /** What an envelope adds to its content. */
  static final int OVERHEAD = 1 + CHECKSUM;

  private Envelope() {}

  static byte[] seal(byte[] key, byte[] content) {
    ByteBuffer sealed = ByteBuffer.allocate(content.length + OVERHEAD);
    sealed.put(FORMAT).put(content);
    sealed.putInt(checksum(key, sealed.array()));
    return sealed.array();
  }

  /**
   * The content that was sealed under {@code key}.
   *
   * @throws UnreadableBytesException if {@code value} is not one
   */
  static ByteBuffer open(byte[] key, byte[] value) {
    check(ByteRuns.of(key), 0, ByteRuns.of(value), 0);
    return ByteBuffer.wrap(value, 1, value.length - OVERHEAD).slice();
  }

  /**
   * Requires that a value was sealed under a key. Its content then lies within it, after the byte
   * of format and before the checksum.
   *
   * @throws UnreadableBytesException if it was not
   */
  static void check(ByteRuns keys, int key, ByteRuns values, int value) {
    byte[] bytes = values.array();
    int from = values.from(value);
    int length = values.length(value);
    if (length < OVERHEAD) {
      throw new UnreadableBytesException(
          "%d bytes (expected: at least %d)".formatted(length, OVERHEAD));
    }
    if (bytes[from] != FORMAT) {
      throw new UnreadableBytesException("format %d (expected: %d)".formatted(bytes[from], FORMAT));
    }
    int stored = BigEndian.getInt(bytes, from + length - CHECKSUM);
    CRC32C crc = new CRC32C();
    crc.update(keys.array(), keys.from(key), keys.length(key));
    crc.update(bytes, from, length - CHECKSUM);
    int computed = (int) crc.getValue();
    if (stored != computed) {
      throw new UnreadableBytesException(
          "checksum %08x (expected: %08x, of this key and these bytes)"
              .formatted(stored, computed));
    }
  }

  private static int checksum(byte[] key, byte[] value) {
    CRC32C crc = new CRC32C();
    crc.update(key);
    crc.update(value, 0, value.length - CHECKSUM);
    return (int) crc.getValue();
  }
}
