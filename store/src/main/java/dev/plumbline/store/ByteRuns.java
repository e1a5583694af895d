package dev.plumbline.store;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Runs of bytes, one behind the other in one array that grows, so that many small ones are no
 * objects of their own. Not thread-safe.
 */
final class ByteRuns {
  private byte[] bytes;
  private int[] ends;
  private int size;
  private int runs;

  ByteRuns() {
    this(new byte[256], new int[16]);
  }

  private ByteRuns(byte[] bytes, int[] ends) {
    this.bytes = bytes;
    this.ends = ends;
  }

  /** None yet, with room for one of that many bytes. */
  static ByteRuns forOne(int bytes) {
    return new ByteRuns(new byte[bytes], new int[1]);
  }

  /** One run, which is these very bytes. */
  static ByteRuns of(byte[] content) {
    ByteRuns one = new ByteRuns(content, new int[1]);
    one.size = content.length;
    one.close();
    return one;
  }

  /** Forgets all runs, and keeps the room. */
  void clear() {
    size = 0;
    runs = 0;
  }

  int runs() {
    return runs;
  }

  /** Bytes of memory that are kept, used or not. */
  long room() {
    return bytes.length + (long) Integer.BYTES * ends.length;
  }

  /** All runs; valid until the next one grows it. */
  byte[] array() {
    return bytes;
  }

  int from(int run) {
    return run == 0 ? 0 : ends[run - 1];
  }

  int to(int run) {
    return ends[run];
  }

  int length(int run) {
    return to(run) - from(run);
  }

  /** Adds to the run that is open. */
  void append(int b) {
    grow(1);
    bytes[size++] = (byte) b;
  }

  /** Adds to the run that is open. */
  void append(byte[] more, int from, int to) {
    grow(to - from);
    System.arraycopy(more, from, bytes, size, to - from);
    size += to - from;
  }

  /** Adds what remains of a buffer to the run that is open. */
  void append(ByteBuffer more) {
    int length = more.remaining();
    grow(length);
    more.get(bytes, size, length);
    size += length;
  }

  /** Closes the run that is open, if only with nothing in it, and opens the next. */
  int close() {
    if (runs == ends.length) {
      ends = Arrays.copyOf(ends, 2 * runs);
    }
    ends[runs] = size;
    return runs++;
  }

  /** Forgets the last run. */
  void drop() {
    runs--;
    size = from(runs);
  }

  byte[] copy(int run) {
    return Arrays.copyOfRange(bytes, from(run), to(run));
  }

  boolean equal(int one, int other) {
    return Arrays.equals(bytes, from(one), to(one), bytes, from(other), to(other));
  }

  /** Any bits of it are as good as others. */
  int hash(int run) {
    int at = from(run);
    int to = to(run);
    long hash = length(run);
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      hash = mixed(hash ^ BigEndian.getLong(bytes, at));
    }
    for (; at < to; at++) {
      hash = mixed(hash ^ bytes[at]);
    }
    return (int) hash;
  }

  /** Fibonacci hashing (Knuth, volume 3, 6.4): the upper bits are the good ones. */
  private static long mixed(long bits) {
    long product = bits * 0x9E3779B97F4A7C15L;
    return product ^ product >>> 32;
  }

  private void grow(int by) {
    if (bytes.length - size < by) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(size, by)));
    }
  }
}
