package dev.plumbline.registry;

import dev.plumbline.definition.ViewId;
import dev.plumbline.failure.ConflictException;
import dev.plumbline.failure.UnavailableException;

/**
 * Exclusive locks of view versions, between all who share a ledger. A lock vanishes with the
 * process that holds it, however that ends.
 */
public interface ViewLocks {
  /**
   * Takes the lock of {@code view}, at once or not at all.
   *
   * @throws ConflictException if somebody has it; the message says who
   * @throws UnavailableException if there is no way to find out
   */
  Held acquire(ViewId view);

  /** A lock that is held until it is closed, unless it is lost before. */
  interface Held extends AutoCloseable {
    /**
     * Makes sure that nobody else can have the lock by now. To be asked before each step that
     * others must not take at the same time: a lock may be lost without its holder, with the
     * connection or the file that it hangs on.
     *
     * @throws ConflictException if it is lost or was given back
     */
    void ensureHeld();

    /** Gives the lock back. Doing so again, or after it was lost, changes nothing. */
    @Override
    void close();
  }
}
