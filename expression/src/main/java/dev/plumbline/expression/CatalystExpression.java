package dev.plumbline.expression;

import dev.plumbline.type.DataType;
import dev.plumbline.type.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.MutableProjection;

/** An expression as Catalyst's tree, with the inputs that it reads. */
final class CatalystExpression implements CompiledExpression {
  /** One input: where it stands in the caller's list and which column of the tree it is. */
  record Input(int position, Field field, Attribute column) {}

  /** A method may have 65,535 bytes of code, and Java is several characters for each byte. */
  private static final int MOST_CODE_UNCOMPILED = 30_000;

  private final Expression expression;
  private final DataType type;
  private final int inputCount;
  private final List<Input> inputs;

  private CatalystExpression(
      Expression expression, DataType type, int inputCount, List<Input> inputs) {
    this.expression = expression;
    this.type = type;
    this.inputCount = inputCount;
    this.inputs = List.copyOf(inputs);
  }

  /**
   * An expression over columns.
   *
   * @param columns one for each field
   */
  static CatalystExpression of(
      Expression evaluable, DataType type, List<Field> fields, List<Attribute> columns) {
    List<Input> inputs = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      if (evaluable.references().contains(columns.get(i))) {
        inputs.add(new Input(i, fields.get(i), columns.get(i)));
      }
    }
    return new CatalystExpression(evaluable, type, fields.size(), inputs);
  }

  Expression tree() {
    return expression;
  }

  @Override
  public DataType type() {
    return type;
  }

  @Override
  public Set<String> references() {
    Set<String> names = new LinkedHashSet<>();
    inputs.forEach(input -> names.add(input.field().name()));
    return Collections.unmodifiableSet(names);
  }

  /**
   * Writes the code of the expression, without compiling it unless it is long: then a method of it
   * may be longer than the JVM takes.
   */
  void rejectWithoutCode() {
    if (Catalyst.lengthOfCode(expression, columns()) > MOST_CODE_UNCOMPILED) {
      evaluator();
    }
  }

  private List<Attribute> columns() {
    return inputs.stream().map(Input::column).toList();
  }

  @Override
  public Evaluator evaluator() {
    List<Attribute> columns = columns();
    MutableProjection projection = SqlSettings.apply(() -> Catalyst.compile(expression, columns));
    return new CatalystEvaluator(projection, type, inputCount, inputs);
  }
}
