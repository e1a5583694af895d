package dev.plumbline.timeline.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactSumTest {
  @Test
  void equalsBigIntegersForAnyAdditions() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      ExactSum sum = new ExactSum(-100, 200);
      BigInteger expected = BigInteger.ZERO;
      for (int i = 0; i < 100; i++) {
        long magnitude = random.nextLong() >>> random.nextInt(64);
        int exponent = random.nextInt(200) - 100;
        int sign = random.nextBoolean() ? 1 : -1;
        sum.add(magnitude, exponent, sign);
        BigInteger unsigned = new BigInteger(Long.toUnsignedString(magnitude));
        BigInteger addend = unsigned.shiftLeft(exponent + 100);
        expected = sign > 0 ? expected.add(addend) : expected.subtract(addend);
      }

      assertThat(sum.inUnits()).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void squaresTheGreatestMagnitudes() {
    ExactSum sum = new ExactSum(0, 128);

    sum.addSquare(Long.MIN_VALUE, 0, 1);
    sum.addSquare(Long.MAX_VALUE, 0, 1);

    BigInteger max = BigInteger.valueOf(Long.MAX_VALUE);
    assertThat(sum.inUnits()).isEqualTo(BigInteger.ONE.shiftLeft(126).add(max.multiply(max)));
  }

  @Test
  void roundsAsTheDecimalTextOfTheNumberIsRounded() {
    for (long seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      BigInteger value = new BigInteger(1 + random.nextInt(200), random);
      value = random.nextBoolean() ? value.negate() : value;
      int unit = random.nextInt(2_400) - 1_200;
      BigDecimal exact =
          unit < 0
              ? new BigDecimal(value).divide(new BigDecimal(BigInteger.ONE.shiftLeft(-unit)))
              : new BigDecimal(value.shiftLeft(unit));

      double rounded = ExactSum.rounded(value, unit);

      assertThat(rounded + 0.0).as("seed %d", seed).isEqualTo(exact.doubleValue() + 0.0);
    }
  }

  @Test
  void tiesGoToTheEvenNeighbour() {
    BigInteger odd = BigInteger.ONE.shiftLeft(53).add(BigInteger.ONE);

    assertThat(ExactSum.rounded(odd, 0)).isEqualTo(0x1p53);
    assertThat(ExactSum.rounded(odd.add(BigInteger.TWO), 0)).isEqualTo(0x1p53 + 4);
  }
}
