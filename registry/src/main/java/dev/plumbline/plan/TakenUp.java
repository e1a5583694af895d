package dev.plumbline.plan;

import dev.plumbline.definition.ViewId;
import dev.plumbline.plan.Version.Kind;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Whether a service may read the versions that it did not read before. */
final class TakenUp {
  private final Sides sides;
  private final Reading after;
  private final Findings findings;

  TakenUp(Sides sides, Reading after, Findings findings) {
    this.sides = sides;
    this.after = after;
    this.findings = findings;
  }

  /** Nobody is answered by a new service, so it may wait for its versions. */
  void ofNewService() {
    if (!after.isActive()) {
      return;
    }
    for (ViewId id : after.versions()) {
      refuseRetired(id);
      if (isStored(id) && !sides.published().isPushed(id).orElse(isKnown(id))) {
        findings.note("is answered when " + id + " is materialised and published");
      }
    }
  }

  /**
   * A service in use may take up only what can be answered at once.
   *
   * @param before what it read; empty if it was not in use
   */
  void since(Optional<Reading> before) {
    Set<ViewId> known = before.map(reading -> Set.copyOf(reading.versions())).orElse(Set.of());
    for (ViewId id : after.versions()) {
      if (!known.contains(id)) {
        refuseRetired(id);
        if (isStored(id)) {
          refuseNotPushed(id);
        }
      }
    }
  }

  private void refuseRetired(ViewId id) {
    if (!version(id).isActive()) {
      findings.refuse("reads " + id + ", which is retired", "pin a version in use");
    }
  }

  private void refuseNotPushed(ViewId id) {
    Optional<Boolean> pushed = sides.published().isPushed(id);
    if (pushed.isEmpty() && isKnown(id)) {
      findings.note(
          "takes up "
              + id
              + "; whether it was ever fully pushed is not known here, apply checks it");
    } else if (!pushed.orElse(false)) {
      findings.refuse(
          "takes up " + id + ", which was never fully pushed: its callers would get no answer",
          "apply " + id + " alone, materialise it, then move the service");
    }
  }

  private boolean isKnown(ViewId id) {
    return sides.before().versions().containsKey(id);
  }

  private boolean isStored(ViewId id) {
    return version(id).kind() == Kind.FEATURE_VIEW;
  }

  private Version version(ViewId id) {
    return Objects.requireNonNull(sides.after().versions().get(id));
  }
}
