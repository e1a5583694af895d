package dev.plumbline.expression;

import dev.plumbline.expression.Refusal.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.CommonExpressionDef;
import org.apache.spark.sql.catalyst.expressions.CommonExpressionId;
import org.apache.spark.sql.catalyst.expressions.CommonExpressionRef;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.With;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Puts the definitions of a {@code With} in the place of its references. Code generation then finds
 * equal parts again and computes them once, so this costs nothing at run time.
 */
final class CommonExpressions {
  /** Nested definitions double with each level: beyond this size an expression is refused. */
  static final int MOST_NODES = 10_000;

  private record Definition(Expression expression, int nodes) {}

  private final Map<CommonExpressionId, Definition> definitions = new HashMap<>();
  private int nodes;

  /**
   * The expression with every common one in its place.
   *
   * @throws ExpressionException if the result has more than {@link #MOST_NODES} nodes
   */
  Expression inline(Expression expression) {
    if (expression instanceof CommonExpressionRef reference) {
      Definition definition = definitions.get(reference.id());
      if (definition == null) {
        throw new IllegalStateException("no definition of " + reference);
      }
      count(definition.nodes());
      return definition.expression();
    }
    if (expression instanceof With with) {
      CollectionConverters.asJava(with.defs()).forEach(this::define);
      return inline(with.child());
    }
    count(1);
    List<Expression> children = Catalyst.children(expression);
    List<Expression> inlined = new ArrayList<>(children.size());
    children.forEach(child -> inlined.add(inline(child)));
    return Catalyst.withChildren(expression, inlined);
  }

  private void define(CommonExpressionDef definition) {
    int before = nodes;
    Expression inlined = inline(definition.child());
    definitions.put(definition.id(), new Definition(inlined, nodes - before));
    nodes = before;
  }

  private void count(int more) {
    nodes += more;
    if (nodes > MOST_NODES) {
      throw Reason.TOO_LARGE
          .found("the expression is too large")
          .expected(
              "at most "
                  + MOST_NODES
                  + " operations once nullif, between and the like are written out")
          .remedy("split it")
          .at(0);
    }
  }
}
