package dev.plumbline.vector;

import dev.plumbline.expression.CompiledExpression;
import dev.plumbline.expression.Evaluator;
import dev.plumbline.expression.Expressions;
import dev.plumbline.type.Field;
import dev.plumbline.vector.ServicePlan.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the answers of a plan's reads together: nulls become NULL, on-demand features are evaluated,
 * defaults stand in. Compiled once; immutable and thread-safe. Each thread asks for an {@link
 * #assembler} of its own.
 */
public final class VectorAssembly {
  private final ServicePlan plan;
  private final List<List<CompiledExpression>> expressions = new ArrayList<>();

  /** Makes an expression over these fields ready to be evaluated. */
  @FunctionalInterface
  public interface Compiler {
    CompiledExpression compile(String expr, List<Field> fields);
  }

  public VectorAssembly(ServicePlan plan) {
    this(plan, Expressions::compile);
  }

  /** With a compiler that may know the expressions already, from another plan of the same views. */
  public VectorAssembly(ServicePlan plan, Compiler compiler) {
    this.plan = plan;
    for (Step step : plan.steps()) {
      List<Field> fields = plan.expressionFields(step);
      expressions.add(
          step.features().stream()
              .map(feature -> compiler.compile(feature.expr(), fields))
              .toList());
    }
  }

  /** For one thread. */
  public VectorAssembler assembler() {
    List<List<Evaluator>> evaluators =
        expressions.stream()
            .map(step -> step.stream().map(CompiledExpression::evaluator).toList())
            .toList();
    return new VectorAssembler(plan, evaluators);
  }
}
