package dev.plumbline.store;

import dev.plumbline.timeline.Marker;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A marker as bytes: its three times, in an {@link Envelope}. */
final class MarkerCodec {
  private static final int LENGTH = 3 * Long.BYTES;

  private MarkerCodec() {}

  static byte[] encode(byte[] key, Marker marker) {
    ByteBuffer content = ByteBuffer.allocate(LENGTH);
    RecordCodec.putTime(content, marker.createdAt());
    RecordCodec.putTime(content, marker.refresh());
    RecordCodec.putTime(content, marker.publishedAt());
    return Envelope.seal(key, content.array());
  }

  /**
   * The marker in {@code value}. Bytes that are none are no marker: then nothing may be said of the
   * view, and its next push begins anew.
   */
  static Optional<Marker> decode(byte[] key, byte @Nullable [] value) {
    if (value == null) {
      return Optional.empty();
    }
    try {
      ByteBuffer content = Envelope.open(key, value);
      return content.remaining() == LENGTH
          ? Optional.of(
              new Marker(
                  RecordCodec.getTime(content),
                  RecordCodec.getTime(content),
                  RecordCodec.getTime(content)))
          : Optional.empty();
    } catch (UnreadableBytesException e) {
      return Optional.empty();
    }
  }
}
