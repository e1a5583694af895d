package dev.plumbline.online;

import dev.plumbline.store.OnlineView;
import dev.plumbline.store.ViewSet;
import dev.plumbline.timeline.AsOfRule;
import dev.plumbline.vector.ServicePlan;
import java.util.ArrayList;
import java.util.List;

/**
 * A plan with all that a call needs to follow it. Nothing of a service is resolved or compiled on
 * the request path; a list of references is, unless {@link ServingModel} remembers it. Immutable;
 * thread-safe.
 *
 * @param views to look up, each once, although several roles may read it
 * @param viewSet the same views, as the store knows them
 * @param viewOfRead for each read of the plan the position of its view in {@code views}
 * @param roleOfRead for each read of the plan the position of its role in the plan
 * @param places where the keys of each role of the plan stand in a request
 * @param reply how its replies are written
 */
record PreparedPlan(
    ServicePlan plan,
    List<Target> views,
    ViewSet viewSet,
    int[] viewOfRead,
    int[] roleOfRead,
    List<String> places,
    ReplyPlan reply,
    AssemblerPool assemblers) {
  /** One view to look up, and the rule by which its records are answers. */
  record Target(String name, AsOfRule rule) {}

  /** How a view of a revision is found in the online store. */
  @FunctionalInterface
  interface OnlineViews {
    OnlineView of(ServicePlan.Read read);
  }

  /** Whether a look-up needs the keys of the role at this position. */
  boolean reads(int role) {
    for (int read : roleOfRead) {
      if (read == role) {
        return true;
      }
    }
    return false;
  }

  static PreparedPlan of(ServicePlan plan, OnlineViews onlineViews, AssemblerPool assemblers) {
    List<Target> targets = new ArrayList<>();
    List<OnlineView> views = new ArrayList<>();
    int[] viewOfRead = new int[plan.reads().size()];
    int[] roleOfRead = new int[viewOfRead.length];
    for (int i = 0; i < viewOfRead.length; i++) {
      ServicePlan.Read read = plan.reads().get(i);
      OnlineView view = onlineViews.of(read);
      int at = views.indexOf(view);
      if (at < 0) {
        at = views.size();
        views.add(view);
        String name = read.view().id().toString();
        targets.add(new Target(name, new AsOfRule(read.view().timing())));
      }
      viewOfRead[i] = at;
      roleOfRead[i] = plan.roles().indexOf(read.role());
    }
    ViewSet viewSet = ViewSet.of(views);
    ReplyPlan reply =
        ReplyPlan.of(plan, slot -> viewSet.slot(viewOfRead[slot.read()], slot.feature()));
    return new PreparedPlan(
        plan,
        List.copyOf(targets),
        viewSet,
        viewOfRead,
        roleOfRead,
        plan.roles().stream().map(role -> "entities." + role.name()).toList(),
        reply,
        assemblers);
  }
}
