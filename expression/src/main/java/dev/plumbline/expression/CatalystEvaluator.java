package dev.plumbline.expression;

import dev.plumbline.type.DataType;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.MutableProjection;
import org.jspecify.annotations.Nullable;

/** Generated code, with the row that it reads. */
final class CatalystEvaluator implements Evaluator {
  private final MutableProjection projection;
  private final DataType type;
  private final org.apache.spark.sql.types.DataType sparkType;
  private final int inputCount;
  private final CatalystExpression.Input[] inputs;
  private final @Nullable Object[] values;
  private final InternalRow row;

  CatalystEvaluator(
      MutableProjection projection,
      DataType type,
      int inputCount,
      List<CatalystExpression.Input> inputs) {
    this.projection = projection;
    this.type = type;
    this.sparkType = SparkTypes.of(type);
    this.inputCount = inputCount;
    this.inputs = inputs.toArray(CatalystExpression.Input[]::new);
    this.values = new @Nullable Object[inputs.size()];
    this.row = new GenericInternalRow(values);
  }

  @Override
  public @Nullable Object evaluate(List<? extends @Nullable Object> given)
      throws EvaluationException {
    if (given.size() != inputCount) {
      throw new IllegalArgumentException(
          "%d values (expected: %d)".formatted(given.size(), inputCount));
    }
    for (int i = 0; i < inputs.length; i++) {
      values[i] =
          CatalystValues.toCatalyst(inputs[i].field().type(), given.get(inputs[i].position()));
    }
    InternalRow result = project();
    return result.isNullAt(0) ? null : CatalystValues.toCanonical(type, result.get(0, sparkType));
  }

  /** Whatever the generated code throws is the fault of these inputs: its types were checked. */
  private InternalRow project() throws EvaluationException {
    try {
      return SqlSettings.apply(() -> projection.apply(row));
    } catch (RuntimeException e) {
      throw new EvaluationException(SparkMessages.firstLine(e), e);
    } catch (StackOverflowError e) { // some patterns go a step deeper with each letter of a text
      throw new EvaluationException("a value is too long for this expression", e);
    }
  }
}
