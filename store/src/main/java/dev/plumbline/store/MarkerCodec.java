package dev.plumbline.store;

import dev.plumbline.timeline.Marker;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A marker as bytes: its three times of eight bytes, in an {@link Envelope}. */
final class MarkerCodec {
  private static final int LENGTH = 3 * Long.BYTES;

  private MarkerCodec() {}

  static byte[] encode(byte[] key, Marker marker) {
    ByteBuffer content = ByteBuffer.allocate(LENGTH);
    RecordCodec.putTime(content, marker.createdAt());
    RecordCodec.putTime(content, marker.refresh());
    RecordCodec.putTime(content, marker.publishedAt());
    return Envelope.PLAIN.seal(key, content.array());
  }

  /**
   * The marker in {@code value}. Bytes that are none are no marker: then nothing may be said of the
   * view, and its next push begins anew.
   */
  static Optional<Marker> decode(byte[] key, byte @Nullable [] value) {
    return value == null ? Optional.empty() : decode(ByteRuns.of(key), 0, ByteRuns.of(value), 0);
  }

  /** {@link #decode(byte[], byte[])} of runs. */
  static Optional<Marker> decode(ByteRuns keys, int key, ByteRuns values, int value) {
    try {
      Envelope.PLAIN.check(keys, key, values, value);
    } catch (UnreadableBytesException e) {
      return Optional.empty();
    }
    int from = values.from(value) + 1;
    return values.length(value) == LENGTH + Envelope.OVERHEAD
        ? Optional.of(
            new Marker(
                RecordCodec.getTime(values.array(), from),
                RecordCodec.getTime(values.array(), from + Long.BYTES),
                RecordCodec.getTime(values.array(), from + 2 * Long.BYTES)))
        : Optional.empty();
  }
}
