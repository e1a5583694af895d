package dev.plumbline.type;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HexFormat;

/** An immutable sequence of bytes, equal by content, ordered as unsigned bytes. */
public final class Bytes implements Comparable<Bytes>, Serializable {
  private static final long serialVersionUID = 1;

  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** A copy of {@code content}. */
  public static Bytes copyOf(byte[] content) {
    return new Bytes(content.clone());
  }

  /** These very bytes, which the caller gives up: nobody may change them any more. */
  public static Bytes owning(byte[] content) {
    return new Bytes(content);
  }

  public byte[] toByteArray() {
    return content.clone();
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(content, other.content);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return "0x" + HexFormat.of().formatHex(content);
  }
}
