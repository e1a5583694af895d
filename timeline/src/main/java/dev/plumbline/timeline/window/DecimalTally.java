package dev.plumbline.timeline.window;

import dev.plumbline.type.DataType.Decimal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Decimals of one scale, summed as whole numbers of their last digit. */
final class DecimalTally implements Tally {
  private final AggregateFunction function;
  private final Decimal input;
  private BigInteger sum = BigInteger.ZERO;
  private BigInteger squares = BigInteger.ZERO;
  private long count;

  DecimalTally(AggregateFunction function, Decimal input) {
    this.function = function;
    this.input = input;
  }

  @Override
  public void add(Object value, int sign) {
    BigInteger digits = ((BigDecimal) value).unscaledValue();
    count += sign;
    sum = sign > 0 ? sum.add(digits) : sum.subtract(digits);
    if (Deviation.is(function)) {
      BigInteger square = digits.multiply(digits);
      squares = sign > 0 ? squares.add(square) : squares.subtract(square);
    }
  }

  @Override
  public @Nullable Object result() {
    if (Deviation.is(function)) {
      return count < Deviation.fewestValues(function) ? null : deviation();
    }
    if (count == 0) {
      return null;
    }
    Decimal type = (Decimal) function.resultType(input);
    BigDecimal total = new BigDecimal(sum, input.scale());
    BigDecimal exact =
        function == AggregateFunction.AVG
            ? total.divide(BigDecimal.valueOf(count), type.scale(), RoundingMode.HALF_UP)
            : total;
    if (exact.precision() > type.precision()) {
      throw new ArithmeticException("%s is beyond %s".formatted(exact, type));
    }
    return exact;
  }

  private double deviation() {
    BigInteger spread = Deviation.spread(sum, squares, count);
    return Deviation.of(function, new BigDecimal(spread, 2 * input.scale()).doubleValue(), count);
  }
}
