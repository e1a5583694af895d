package dev.plumbline.bench.online;

import java.util.SplittableRandom;
import java.util.function.IntSupplier;

/**
 * What one caller asks for, call after call, and which of the replies are looked at: the first and,
 * after it, one in a thousand.
 */
final class Sampling {
  private static final int ONE_OF = 1_000;

  private final Shape shape;
  private final IntSupplier entities;
  private final SplittableRandom random;
  private boolean first = true;

  Sampling(Shape shape, Population population, long seed) {
    this.shape = shape;
    this.entities = shape.popularity().choices(population.asked(), seed);
    this.random = new SplittableRandom(~seed);
  }

  int[] entities() {
    int[] chosen = new int[shape.rows()];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = entities.getAsInt();
    }
    return chosen;
  }

  /** Whether to look at the next reply. */
  boolean isNext() {
    boolean next = first || random.nextInt(ONE_OF) == 0;
    first = false;
    return next;
  }
}
