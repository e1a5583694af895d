package dev.plumbline.store;

import dev.plumbline.store.OnlineStore.PublishedRevision;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A published revision as bytes: the fingerprint's length, fingerprint, JSON, in an envelope. */
final class RevisionCodec {
  private RevisionCodec() {}

  static byte[] encode(byte[] key, PublishedRevision revision) {
    byte[] fingerprint = revision.fingerprint().getBytes(StandardCharsets.UTF_8);
    byte[] json = revision.json().getBytes(StandardCharsets.UTF_8);
    ByteBuffer content =
        ByteBuffer.allocate(Integer.BYTES + fingerprint.length + json.length)
            .putInt(fingerprint.length)
            .put(fingerprint)
            .put(json);
    return Envelope.PLAIN.seal(key, content.array());
  }

  /**
   * The revision in {@code value}.
   *
   * @throws UnreadableBytesException if there is none
   */
  static PublishedRevision decode(byte[] key, byte[] value) {
    ByteBuffer content = Envelope.PLAIN.open(key, value);
    int length = content.remaining() < Integer.BYTES ? -1 : content.getInt();
    if (length < 0 || length > content.remaining()) {
      throw new UnreadableBytesException("a fingerprint of " + length + " bytes");
    }
    String fingerprint = text(content.slice(content.position(), length));
    content.position(content.position() + length);
    return new PublishedRevision(fingerprint, text(content));
  }

  private static String text(ByteBuffer content) {
    return StandardCharsets.UTF_8.decode(content).toString();
  }
}
