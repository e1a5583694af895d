package dev.plumbline.timeline.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WideSumTest {
  private static final long[] EDGES = {
    0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 1, Long.MIN_VALUE + 1, 1L << 32
  };

  @Test
  void isTheExactSumWhateverComesAndGoes() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      WideSum sum = new WideSum();
      BigInteger exact = BigInteger.ZERO;
      for (int step = 0; step < 200; step++) {
        long value = random.nextBoolean() ? random.nextLong() : EDGES[random.nextInt(EDGES.length)];
        if (random.nextInt(3) == 0) {
          sum.subtract(value);
          exact = exact.subtract(BigInteger.valueOf(value));
        } else {
          sum.add(value);
          exact = exact.add(BigInteger.valueOf(value));
        }

        assertThat(sum.toBigInteger()).as("seed %d", seed).isEqualTo(exact);
        assertThat(sum.isLong()).as("seed %d", seed).isEqualTo(exact.bitLength() < Long.SIZE);
        assertThat(sum.rounded())
            .as("seed %d", seed)
            .isEqualTo(new BigDecimal(exact).doubleValue());
      }
    }
  }
}
