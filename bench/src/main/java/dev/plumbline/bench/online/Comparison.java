package dev.plumbline.bench.online;

import dev.plumbline.bench.measure.DisagreementException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Holds replies against what was written. Thread-safe; remembers the first difference. */
final class Comparison {
  private final Population population;
  private final LongAdder compared = new LongAdder();
  private final AtomicReference<@Nullable String> difference = new AtomicReference<>();

  Comparison(Population population) {
    this.population = population;
  }

  /** A reply as its system's own code reads it. */
  @FunctionalInterface
  interface Reply {
    /** The cell of a row and feature, both from 0. Throws what is wrong with the reply. */
    Cell cell(int row, int feature) throws Exception;
  }

  /** Reads the bytes of a reply. */
  @FunctionalInterface
  interface Reader {
    Reply read(byte[] bytes) throws Exception;
  }

  /**
   * Compares every cell of a reply.
   *
   * @param who gave it
   * @param entities that were asked for
   */
  void compare(String who, Shape shape, int[] entities, Reader reader, byte[] bytes) {
    try {
      Reply reply = reader.read(bytes);
      for (int row = 0; row < entities.length; row++) {
        for (int feature = 0; feature < shape.features(); feature++) {
          Cell said = reply.cell(row, feature);
          Cell expected = population.cellOf(entities[row], feature);
          if (!said.equals(expected)) {
            differs(
                "%s, %s: feature %d of entity %d: %s (expected: %s)"
                    .formatted(who, shape.title(), feature, entities[row], said, expected));
            return;
          }
        }
      }
      compared.increment();
    } catch (Exception e) {
      differs("%s, %s: a reply that cannot be read: %s".formatted(who, shape.title(), e));
    }
  }

  /** A reply that must be the same to the byte. */
  void compared(boolean same, String who) {
    compared.increment();
    if (!same) {
      differs(who + ": other bytes than it was given");
    }
  }

  /** How many replies were as they must be. */
  long replies() {
    return compared.sum();
  }

  /**
   * Ends what is measured if any reply was wrong.
   *
   * @throws DisagreementException with the first
   */
  void requireNoDifference() {
    String text = difference.get();
    if (text != null) {
      throw new DisagreementException(text + "; nothing that was measured counts");
    }
  }

  private void differs(String text) {
    difference.compareAndSet(null, text);
  }
}
