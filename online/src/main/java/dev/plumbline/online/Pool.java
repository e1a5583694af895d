package dev.plumbline.online;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** Memory that is used by one call after the other. Thread-safe. */
final class Pool<T> {
  private static final int MOST_IDLE = 256;

  /** Larger ones are rare, and left to the garbage collector. */
  private static final int MOST_BYTES = 1 << 20;

  private final Supplier<T> maker;
  private final ToIntFunction<T> bytes;
  private final Deque<T> idle = new ArrayDeque<>();

  /**
   * None yet.
   *
   * @param bytes how many one has grown to
   */
  Pool(Supplier<T> maker, ToIntFunction<T> bytes) {
    this.maker = maker;
    this.bytes = bytes;
  }

  /** The one that was used last, for it is the likeliest to be in a cache; or a new one. */
  synchronized T take() {
    return idle.isEmpty() ? maker.get() : idle.pop();
  }

  /** Takes back what nothing reads or writes any more. */
  synchronized void giveBack(T used) {
    if (idle.size() < MOST_IDLE && bytes.applyAsInt(used) <= MOST_BYTES) {
      idle.push(used);
    }
  }
}
