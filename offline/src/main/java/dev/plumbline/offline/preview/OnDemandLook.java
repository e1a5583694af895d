package dev.plumbline.offline.preview;

import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.OnDemandView;
import dev.plumbline.definition.Revision;
import dev.plumbline.timeline.AsOfRule;
import dev.plumbline.timeline.Status;
import dev.plumbline.type.Micros;
import dev.plumbline.vector.Cell;
import dev.plumbline.vector.ServicePlan;
import dev.plumbline.vector.ServicePlan.Read;
import dev.plumbline.vector.ServicePlan.Slot;
import dev.plumbline.vector.ServicePlanner;
import dev.plumbline.vector.VectorAssembly;
import dev.plumbline.vector.ViewAnswer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at on-demand views of a revision: their inputs are computed from real rows as {@link
 * ViewPreview} does it, the rest is what a server does.
 */
public final class OnDemandLook {
  private final Revision revision;
  private final ViewPreview previews;

  public OnDemandLook(Revision revision, ViewPreview previews) {
    this.revision = revision;
    this.previews = previews;
  }

  /**
   * The features of {@code view} at an instant, each input at its newest refresh that is due then.
   *
   * @param keys canonical, of each role that an input has
   * @param request canonical values, in the order of the view's request values
   */
  public OnDemandPreview at(
      OnDemandView view,
      Instant instant,
      Map<String, List<Object>> keys,
      List<? extends @Nullable Object> request) {
    List<FeatureRef> all =
        view.features().stream()
            .map(each -> new FeatureRef(view.id().name(), each.name(), view.id().version()))
            .toList();
    ServicePlan plan = new ServicePlanner(revision).references(all);
    List<ViewAnswer> answers = new ArrayList<>();
    for (Read read : plan.reads()) {
      answers.add(answer(read, instant, Objects.requireNonNull(keys.get(read.role().name()))));
    }
    List<List<Cell>> cells = new VectorAssembly(plan).assembler().computed(answers, request);
    return new OnDemandPreview(view, inputs(plan, answers, instant), cells.get(0));
  }

  private ViewAnswer answer(Read read, Instant instant, List<Object> key) {
    long refresh = refresh(read, instant);
    Optional<Preview.Example> found =
        previews.of(read.view(), refresh, key).examples().stream().findFirst();
    if (found.isEmpty()) {
      return ViewAnswer.without(Status.MISSING);
    }
    AsOfRule rule = new AsOfRule(read.view().timing());
    long age = rule.age(Micros.of(found.get().eventTime()), refresh, Micros.of(instant));
    Status status = rule.status(age, AsOfRule.requestedMaxAge(Optional.empty()));
    return status == Status.PRESENT
        ? ViewAnswer.present(found.get().values())
        : ViewAnswer.without(status);
  }

  private static long refresh(Read read, Instant instant) {
    return read.view().timing().newestDue(Micros.of(instant));
  }

  private static List<OnDemandPreview.Input> inputs(
      ServicePlan plan, List<ViewAnswer> answers, Instant instant) {
    ServicePlan.Step step = plan.steps().get(0);
    List<OnDemandPreview.Input> inputs = new ArrayList<>();
    for (int i = 0; i < step.inputs().size(); i++) {
      Slot slot = step.inputs().get(i);
      Cell cell = answers.get(slot.read()).cell(slot.feature());
      Instant refresh = Micros.instant(refresh(plan.reads().get(slot.read()), instant));
      inputs.add(
          new OnDemandPreview.Input(
              step.view().inputs().get(i), refresh, cell.status(), cell.value()));
    }
    return inputs;
  }
}
