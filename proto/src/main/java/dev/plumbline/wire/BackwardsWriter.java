package dev.plumbline.wire;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Writes a protobuf message from its end to its beginning, last field first. So the length of every
 * part is known when it is to be written, and nothing is measured before or moved after. It grows
 * and is used again. Not thread-safe.
 *
 * <p>A part with a length (a message, packed values, a text) is written by remembering {@link
 * #size}, writing its content, and then {@link #endOf} with what was remembered.
 */
public final class BackwardsWriter {
  private static final int VARINT = 0;
  private static final int LENGTH = 2;
  private static final int LONGEST_VARINT = 10;

  private byte[] bytes = new byte[1 << 10];

  /** What is written lies from here to the end. */
  private int at = bytes.length;

  /** Forgets what was written, and keeps the room. */
  public void clear() {
    at = bytes.length;
  }

  /** The array at whose end lies what was written, {@link #size} bytes of it. */
  public byte[] array() {
    return bytes;
  }

  /** Bytes written so far. */
  public int size() {
    return bytes.length - at;
  }

  /** Writes the tag and the length of what was written since {@code position}. */
  public void endOf(int field, int position) {
    varint(size() - position);
    varint(field << 3 | LENGTH);
  }

  /** A field of an integer, if it is not 0. */
  public void integer(int field, long value) {
    if (value != 0) {
      integerEvenIfZero(field, value);
    }
  }

  public void integerEvenIfZero(int field, long value) {
    varint(value);
    varint(field << 3 | VARINT);
  }

  /** A field of a text or of bytes, if there are any. */
  public void bytes(int field, byte[] content) {
    if (content.length > 0) {
      int position = size();
      raw(content, 0, content.length);
      endOf(field, position);
    }
  }

  public void message(int field, MessageLite message) {
    int size = message.getSerializedSize();
    int position = size();
    grow(size);
    at -= size;
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes, at, size);
      message.writeTo(out);
      out.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    endOf(field, position);
  }

  /** Some of {@code content}, without tag and length. */
  public void raw(byte[] content, int from, int length) {
    int to = claim(length); // before the array is looked at, since it may grow
    System.arraycopy(content, from, bytes, to, length);
  }

  /**
   * Makes room for bytes that its caller writes, and says where in the {@link #array} it begins.
   */
  public int claim(int length) {
    grow(length);
    at -= length;
    return at;
  }

  public void raw(byte b) {
    grow(1);
    bytes[--at] = b;
  }

  public void fixed32(int value) {
    int to = claim(Integer.BYTES);
    LittleEndian.putInt(bytes, to, value);
  }

  public void fixed64(long value) {
    int to = claim(Long.BYTES);
    LittleEndian.putLong(bytes, to, value);
  }

  public void zigZag(long value) {
    varint(value << 1 ^ value >> 63);
  }

  public void varint(long value) {
    if ((value & ~0x7fL) == 0) {
      raw((byte) value);
      return;
    }
    grow(LONGEST_VARINT);
    int length = (70 - Long.numberOfLeadingZeros(value)) / 7;
    at -= length;
    int to = at;
    long rest = value;
    for (; length > 1; length--) {
      bytes[to++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[to] = (byte) rest;
  }

  private void grow(int by) {
    if (at < by) {
      int size = size();
      byte[] larger = new byte[Math.max(2 * bytes.length, Math.addExact(size, by))];
      System.arraycopy(bytes, at, larger, larger.length - size, size);
      bytes = larger;
      at = larger.length - size;
    }
  }

  /** A copy of what was written. */
  public byte[] copy() {
    return Arrays.copyOfRange(bytes, at, bytes.length);
  }
}
