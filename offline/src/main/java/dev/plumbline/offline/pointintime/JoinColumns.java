package dev.plumbline.offline.pointintime;

import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.vector.ServicePlan;
import dev.plumbline.vector.ServicePlan.Origin;
import dev.plumbline.vector.ServicePlan.Output;
import dev.plumbline.vector.ServicePlan.Read;
import java.util.ArrayList;
import java.util.List;

/**
 * Names of the columns of a training dataset: {@code role__feature} for a value, {@code
 * role__view__status} for the status of a view's row, {@code view__feature} and {@code
 * view__feature__status} for an on-demand feature. Where a plan reads two versions of the same,
 * {@code __v2} tells them apart.
 */
public final class JoinColumns {
  private final ServicePlan plan;

  public JoinColumns(ServicePlan plan) {
    this.plan = plan;
  }

  /** Every column that a join adds: the values, then the statuses. */
  public List<String> all() {
    List<String> all = new ArrayList<>();
    plan.outputs().forEach(output -> all.add(value(output)));
    all.addAll(statuses());
    return all;
  }

  /** Every column that holds a status. */
  public List<String> statuses() {
    List<String> statuses = new ArrayList<>();
    plan.reads().forEach(read -> statuses.add(status(read)));
    computed().forEach(output -> statuses.add(status(output)));
    return statuses;
  }

  public String value(Output output) {
    FeatureRef ref = output.ref();
    long versions =
        plan.outputs().stream()
            .map(Output::ref)
            .filter(
                other -> other.role().equals(ref.role()) && other.feature().equals(ref.feature()))
            .count();
    return ref.role() + "__" + ref.feature() + (versions > 1 ? "__v" + ref.version() : "");
  }

  public String status(Read read) {
    FeatureView view = read.view();
    long versions =
        plan.reads().stream()
            .filter(
                other ->
                    other.role().equals(read.role())
                        && other.view().id().name().equals(view.id().name()))
            .count();
    String version = versions > 1 ? "__v" + view.id().version() : "";
    return read.role().name() + "__" + view.id().name() + version + "__status";
  }

  /** The status column of an on-demand feature. */
  public String status(Output output) {
    return value(output) + "__status";
  }

  /** Outputs that have a status column of their own. */
  public List<Output> computed() {
    return plan.outputs().stream()
        .filter(output -> output.origin() instanceof Origin.Computed)
        .toList();
  }
}
