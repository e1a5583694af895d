package dev.plumbline.timeline.window;

import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.Decimal;
import dev.plumbline.type.DataType.Primitive;
import java.util.Locale;

/** The aggregates that an argument, if any, says everything about. */
public enum AggregateFunction implements Aggregate {
  /** Rows, or rows whose argument is not null; 0 over none. */
  COUNT,
  /** Different values; 0 over none. */
  COUNT_DISTINCT,
  SUM,
  AVG,
  MIN,
  MAX,
  /**
   * The argument of the least row by (event_time, arrival_time, bytes of the row) whose argument is
   * not null.
   */
  FIRST,
  /** The argument of the greatest row in that order whose argument is not null. */
  LAST,
  /** The value that occurs most often; of several such, the least. */
  MODE,
  /** Sample standard deviation; null below two values. */
  STDDEV,
  /** Standard deviation of the values themselves; 0 over one. */
  STDDEV_POP,
  /** Sample variance; null below two values. */
  VARIANCE,
  /** Variance of the values themselves; 0 over one. */
  VAR_POP;

  @Override
  public DataType resultType(DataType input) {
    return switch (this) {
      case COUNT -> Primitive.BIGINT;
      case COUNT_DISTINCT -> {
        ArgumentType.requireOrdered("count(distinct)", input);
        yield Primitive.BIGINT;
      }
      case FIRST, LAST -> input;
      case MIN, MAX, MODE -> ArgumentType.requireOrdered(inSql(), input);
      case SUM -> sumType(ArgumentType.requireNumber(inSql(), input));
      case AVG -> averageType(ArgumentType.requireNumber(inSql(), input));
      case STDDEV, STDDEV_POP, VARIANCE, VAR_POP -> {
        ArgumentType.requireNumber(inSql(), input);
        yield Primitive.DOUBLE;
      }
    };
  }

  private String inSql() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static DataType sumType(DataType input) {
    if (input instanceof Decimal decimal) {
      return new Decimal(Math.min(38, decimal.precision() + 10), decimal.scale());
    }
    return input == Primitive.INT || input == Primitive.BIGINT
        ? Primitive.BIGINT
        : Primitive.DOUBLE;
  }

  private static DataType averageType(DataType input) {
    if (input instanceof Decimal decimal) {
      return new Decimal(Math.min(38, decimal.precision() + 4), Math.min(decimal.scale() + 4, 38));
    }
    return Primitive.DOUBLE;
  }
}
