package dev.plumbline.online;

import dev.plumbline.store.OnlineView;
import dev.plumbline.timeline.AsOfRule;
import dev.plumbline.vector.ServicePlan;
import java.util.ArrayList;
import java.util.List;

/**
 * A plan with all that a call needs to follow it: nothing is resolved or compiled on the request
 * path. Immutable; thread-safe.
 *
 * @param views to look up, each once, although several roles may read it
 * @param viewOfRead for each read of the plan the position of its view in {@code views}
 */
record PreparedPlan(
    ServicePlan plan, List<Target> views, List<Integer> viewOfRead, AssemblerPool assemblers) {
  /** One view to look up, and the rule by which its records are answers. */
  record Target(String name, OnlineView view, AsOfRule rule) {}

  /** How a view of a revision is found in the online store. */
  @FunctionalInterface
  interface OnlineViews {
    OnlineView of(ServicePlan.Read read);
  }

  PreparedPlan {
    views = List.copyOf(views);
    viewOfRead = List.copyOf(viewOfRead);
  }

  /** Whether a look-up needs the keys of this role. */
  boolean reads(ServicePlan.Role role) {
    return plan.reads().stream().map(ServicePlan.Read::role).anyMatch(role::equals);
  }

  static PreparedPlan of(ServicePlan plan, OnlineViews onlineViews, AssemblerPool assemblers) {
    List<Target> targets = new ArrayList<>();
    List<OnlineView> views = new ArrayList<>();
    List<Integer> viewOfRead = new ArrayList<>();
    for (ServicePlan.Read read : plan.reads()) {
      OnlineView view = onlineViews.of(read);
      int at = views.indexOf(view);
      if (at < 0) {
        at = views.size();
        views.add(view);
        String name = read.view().id().toString();
        targets.add(new Target(name, view, new AsOfRule(read.view().timing())));
      }
      viewOfRead.add(at);
    }
    return new PreparedPlan(plan, targets, viewOfRead, assemblers);
  }
}
