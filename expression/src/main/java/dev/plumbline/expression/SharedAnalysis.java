package dev.plumbline.expression;

import dev.plumbline.type.DataType;
import dev.plumbline.type.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * Types of expressions over the same inputs. Most of an analysis is rules that look for what is not
 * there, so those that are known beforehand are analysed together. If one of them is refused, each
 * is looked at alone, to learn which and why.
 */
final class SharedAnalysis {
  private final List<Field> inputs;
  private final Map<String, DataType> known;

  private SharedAnalysis(List<Field> inputs, Map<String, DataType> known) {
    this.inputs = inputs;
    this.known = known;
  }

  static SharedAnalysis of(List<String> scalars, List<Field> inputs) {
    return new SharedAnalysis(inputs, together(scalars.stream().distinct().toList(), inputs));
  }

  /**
   * The type of a scalar expression, whether or not it was known beforehand.
   *
   * @throws ExpressionException as {@link Expressions#type}
   */
  DataType type(String scalar) {
    DataType found = known.get(scalar);
    return found == null ? Expressions.type(scalar, inputs) : found;
  }

  private static Map<String, DataType> together(List<String> scalars, List<Field> inputs) {
    if (scalars.size() < 2 || !scalars.stream().allMatch(Catalyst::canBeAmongOthers)) {
      return Map.of();
    }
    try {
      return SqlSettings.apply(() -> types(scalars, inputs));
    } catch (Exception | StackOverflowError e) { // Scala throws checked ones too
      return Map.of();
    }
  }

  private static Map<String, DataType> types(List<String> scalars, List<Field> inputs) {
    scalars.forEach(ExpressionLimits::check);
    List<Attribute> columns = inputs.stream().map(Catalyst::attribute).toList();
    List<Expression> parsed = new ArrayList<>();
    scalars.forEach(scalar -> parsed.add(Expressions.parse(new SourceText(scalar))));
    List<Expression> resolved = Catalyst.resolve(parsed, columns);
    Map<String, DataType> types = new HashMap<>();
    for (int i = 0; i < scalars.size(); i++) {
      SourceText source = new SourceText(scalars.get(i));
      CatalystExpression found = Expressions.finish(resolved.get(i), source, inputs, columns);
      found.rejectWithoutCode();
      LetterCase.check(found.tree());
      Expressions.remember(resolved.get(i), source, inputs, columns);
      types.put(scalars.get(i), found.type());
    }
    return types;
  }
}
