package dev.plumbline.vector;

import dev.plumbline.definition.OnDemandView.OnMissing;
import dev.plumbline.expression.EvaluationException;
import dev.plumbline.expression.Evaluator;
import dev.plumbline.timeline.Status;
import dev.plumbline.vector.ServicePlan.Slot;
import dev.plumbline.vector.ServicePlan.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Assembles vectors of one plan, one row at a time. Not thread-safe. */
public final class VectorAssembler {
  /**
   * From the status that wins among the inputs of an on-demand feature to the one that yields to
   * all.
   */
  private static final List<Status> WORST_FIRST =
      List.of(Status.INVALID, Status.EXPIRED, Status.MISSING);

  private final ServicePlan plan;
  private final List<List<Evaluator>> evaluators;

  VectorAssembler(ServicePlan plan, List<List<Evaluator>> evaluators) {
    this.plan = plan;
    this.evaluators = evaluators;
  }

  /**
   * The cells of the on-demand features of one row, without defaults: for each step of the plan one
   * per feature of the step.
   *
   * @param answers one per read of the plan; what no step takes in may be absent from them
   * @param request canonical values, one per request value of the plan
   */
  public List<List<Cell>> computed(
      List<ViewAnswer> answers, List<? extends @Nullable Object> request) {
    List<List<Cell>> computed = new ArrayList<>(plan.steps().size());
    for (int i = 0; i < plan.steps().size(); i++) {
      computed.add(evaluate(plan.steps().get(i), evaluators.get(i), answers, request));
    }
    return computed;
  }

  private static Cell cell(Slot slot, List<ViewAnswer> answers) {
    return answers.get(slot.read()).cell(slot.feature());
  }

  private static List<Cell> evaluate(
      Step step,
      List<Evaluator> evaluators,
      List<ViewAnswer> answers,
      List<? extends @Nullable Object> request) {
    List<@Nullable Object> values = new ArrayList<>(step.inputs().size() + step.request().size());
    List<Status> statuses = new ArrayList<>(step.inputs().size());
    for (Slot input : step.inputs()) {
      Cell cell = cell(input, answers);
      values.add(cell.value());
      statuses.add(cell.status());
    }
    for (int at : step.request()) {
      values.add(request.get(at));
    }
    Status without = withoutEvaluation(statuses, step.view().onMissing());
    List<Cell> cells = new ArrayList<>(evaluators.size());
    for (Evaluator evaluator : evaluators) {
      cells.add(without == null ? evaluate(evaluator, values) : new Cell(without, null));
    }
    return cells;
  }

  /** The status that keeps an expression from being evaluated; null if none does. */
  private static @Nullable Status withoutEvaluation(List<Status> inputs, OnMissing onMissing) {
    for (Status worst : WORST_FIRST) {
      if (inputs.contains(worst) && (worst == Status.INVALID || onMissing == OnMissing.PROPAGATE)) {
        return worst;
      }
    }
    return null;
  }

  private static Cell evaluate(Evaluator evaluator, List<@Nullable Object> inputs) {
    try {
      Object value = evaluator.evaluate(inputs);
      return new Cell(Status.PRESENT.ofValue(value), value);
    } catch (EvaluationException e) {
      return new Cell(Status.INVALID, null);
    }
  }
}
