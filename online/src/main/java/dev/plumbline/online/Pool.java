package dev.plumbline.online;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Memory that is used by one call after the other. Thread-safe. */
final class Pool<T> {
  private static final int MOST_IDLE = 256;

  /** Larger ones are rare, and left to the garbage collector. */
  private static final long MOST_BYTES_OF_ONE = 1 << 20;

  private static final long MOST_BYTES = 32 << 20;

  private final Supplier<T> maker;
  private final ToLongFunction<T> bytes;
  private final Deque<T> idle = new ArrayDeque<>();
  private long idleBytes;

  /**
   * None yet.
   *
   * @param bytes how many one has grown to; the same for as long as it is idle
   */
  Pool(Supplier<T> maker, ToLongFunction<T> bytes) {
    this.maker = maker;
    this.bytes = bytes;
  }

  /** The one that was used last, for it is the likeliest to be in a cache; or a new one. */
  synchronized T take() {
    if (idle.isEmpty()) {
      return maker.get();
    }
    T last = idle.pop();
    idleBytes -= bytes.applyAsLong(last);
    return last;
  }

  /** Takes back what nothing reads or writes any more. */
  synchronized void giveBack(T used) {
    long size = bytes.applyAsLong(used);
    if (idle.size() < MOST_IDLE && size <= MOST_BYTES_OF_ONE && size <= MOST_BYTES - idleBytes) {
      idle.push(used);
      idleBytes += size;
    }
  }
}
