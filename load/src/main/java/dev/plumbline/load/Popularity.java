package dev.plumbline.load;

import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import org.apache.commons.rng.sampling.distribution.RejectionInversionZipfSampler;

/** How often each of some things is asked for. */
public sealed interface Popularity {
  /** All alike. */
  record Uniform() implements Popularity {
    @Override
    public IntSupplier choices(int things, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      return () -> random.nextInt(things);
    }
  }

  /**
   * The k-th most popular in proportion to {@code k^-exponent}.
   *
   * @param exponent more than 0
   */
  record Zipf(double exponent) implements Popularity {
    /** Primes, so that a multiplication by one only changes the order of fewer things. */
    private static final long SPREAD = 1_000_000_007;

    private static final long SHIFT = 998_244_353;

    public Zipf {
      if (!(exponent > 0)) {
        throw new IllegalArgumentException(
            "an exponent of %s (expected: more than 0)".formatted(exponent));
      }
    }

    /** Which things are popular differs with the seed, and has nothing to do with their order. */
    @Override
    public IntSupplier choices(int things, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      var ranks = RejectionInversionZipfSampler.of(random::nextLong, things, exponent);
      long shift = Math.floorMod(seed * SHIFT, (long) things);
      return () -> (int) ((ranks.sample() * SPREAD + shift) % things);
    }
  }

  /**
   * Choices among {@code things}, each from 0 up to that; for one thread at a time.
   *
   * @param things 1 to a billion
   * @param seed the same seed gives the same choices
   */
  IntSupplier choices(int things, long seed);
}
