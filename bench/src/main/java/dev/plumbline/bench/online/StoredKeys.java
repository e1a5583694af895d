package dev.plumbline.bench.online;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Keys of the records of one view, for a client that speaks to Redis itself. As {@code
 * docs/spec/online-record.md} has them.
 */
final class StoredKeys {
  private static final byte BIGINT = 3;
  private static final byte ESCAPE = '|';
  private static final byte END = '}';
  private static final int STUFFING = 0x20;

  private final byte[] prefix;
  private final byte[] suffix;

  StoredKeys(int shortId) {
    prefix =
        "%s:{%s:"
            .formatted(ServedProject.NAME, ServedProject.ENTITY)
            .getBytes(StandardCharsets.US_ASCII);
    suffix = ("}:" + shortId).getBytes(StandardCharsets.US_ASCII);
  }

  byte[] of(int entity) {
    ByteArrayOutputStream key = new ByteArrayOutputStream(prefix.length + suffix.length + 12);
    key.writeBytes(prefix);
    key.write(BIGINT);
    for (byte b : ByteBuffer.allocate(Long.BYTES).putLong(entity).array()) {
      if (b == ESCAPE || b == END) {
        key.write(ESCAPE);
        key.write(b ^ STUFFING);
      } else {
        key.write(b);
      }
    }
    key.writeBytes(suffix);
    return key.toByteArray();
  }
}
