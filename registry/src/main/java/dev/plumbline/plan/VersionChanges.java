package dev.plumbline.plan;

import dev.plumbline.definition.ViewId;
import dev.plumbline.plan.Version.Kind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What becomes of the versions of feature views and on-demand views. */
final class VersionChanges {
  private final Sides sides;

  VersionChanges(Sides sides) {
    this.sides = sides;
  }

  Stream<Change> all() {
    return Sides.union(sides.before().versions(), sides.after().versions()).stream()
        .map(this::change)
        .flatMap(Optional::stream);
  }

  private Optional<Change> change(ViewId id) {
    Version before = sides.before().versions().get(id);
    Version after = sides.after().versions().get(id);
    if (after == null) {
      return removed(Objects.requireNonNull(before));
    }
    Findings findings = new Findings(after.subject());
    if (before == null) {
      appeared(after, findings);
      return findings.change(sides.affected(after));
    }
    compared(before, after, findings);
    return findings.change(affected(after));
  }

  /** The features that a new meaning is of, or all where it is of what they share. */
  private Affected affected(Version version) {
    Affected all = sides.affected(List.of(version));
    List<String> changed =
        sides.newMeaning(version.id()).isEmpty() ? List.of() : sides.changedFeatures(version);
    return changed.isEmpty() ? all : all.withFeatures(changed);
  }

  private Optional<Change> removed(Version gone) {
    Findings findings = new Findings(gone.subject());
    if (gone.isActive()) {
      findings.refuse(
          "is removed, and was not retired",
          "set retired: true, apply, and remove it with the next change");
    } else {
      findings.add(ChangeClass.METADATA, "is removed; its data stays until it is pruned");
    }
    return findings.change(sides.affected(List.of(gone)));
  }

  private void appeared(Version version, Findings findings) {
    ViewId id = version.id();
    refusePruned(version, findings);
    if (findings.areNone()) {
      refuseAnotherMeaning(version, findings);
      refuseReferencesOfOthers(version, findings);
    }
    if (!findings.areNone()) {
      return;
    }
    boolean pushed = sides.published().isPushed(id).orElse(false);
    String others = others(id);
    String what = sides.isClosed(id) ? "comes back as it was" : "is new";
    findings.add(
        others.isEmpty() ? ChangeClass.ADDITIVE : ChangeClass.NEW_VERSION,
        others.isEmpty() ? what : what + ", beside " + others);
    if (version.kind() == Kind.FEATURE_VIEW && version.isActive() && !pushed) {
      findings.add(
          ChangeClass.NEEDS_BACKFILL,
          "has to be materialised and published before a service that is in use may read it");
    }
  }

  private void compared(Version before, Version after, Findings findings) {
    refuseAnotherMeaning(after, findings);
    if (before.isActive() && !after.isActive()) {
      retired(after, findings);
    } else if (!before.isActive() && after.isActive()) {
      refusePruned(after, findings);
      findings.add(ChangeClass.METADATA, "is in use again");
    }
    findings.addAll(ChangeClass.METADATA, after.words().differences(before.words()));
    findings.addAll(ChangeClass.METADATA, after.expectations().differences(before.expectations()));
    if (findings.areNone() && !after.declared().equals(before.declared())) {
      findings.add(ChangeClass.NONE, "is written in another way and means the same");
    }
  }

  private void retired(Version version, Findings findings) {
    String readers =
        sides
            .after()
            .readings()
            .readersOf(version.id())
            .filter(Reading::isActive)
            .map(Reading::name)
            .collect(Collectors.joining(", "));
    if (readers.isEmpty()) {
      findings.add(
          ChangeClass.METADATA,
          "is retired: it is not run any more, and may be removed with the next change");
    } else {
      findings.refuse(
          "is retired, and read by " + readers,
          "move " + readers + " to a version in use first, or retire what reads it too");
    }
  }

  private void refusePruned(Version version, Findings findings) {
    if (sides.published().isPruned(version.id())) {
      findings.refuse(
          "was published once, and its data is deleted",
          "copy it to version " + next(version.id()) + ": " + file(version.id()));
    }
  }

  private void refuseAnotherMeaning(Version version, Findings findings) {
    List<String> differences = sides.newMeaning(version.id());
    if (!differences.isEmpty()) {
      findings.refuse(
          differences,
          "restore it, and copy it to version %d: %s"
              .formatted(next(version.id()), file(version.id())));
    }
  }

  /** A reference means one feature for ever, also when its view is gone. */
  private void refuseReferencesOfOthers(Version version, Findings findings) {
    sides
        .gone(version.id().version())
        .filter(other -> !other.id().equals(version.id()))
        .forEach(
            other ->
                Version.of(other).features().stream()
                    .filter(version.features()::contains)
                    .forEach(
                        reference ->
                            findings.refuse(
                                "%s is of %s, which was applied before"
                                    .formatted(reference, other.id()),
                                "rename the feature, or take another version")));
  }

  private int next(ViewId id) {
    return sides.newestVersion(id.name()) + 1;
  }

  private String file(ViewId id) {
    return "%s.v%d.yaml".formatted(id.name(), next(id));
  }

  /** Versions of the name that are declared and were there before, or come before it. */
  private String others(ViewId id) {
    return sides.after().versions().keySet().stream()
        .filter(each -> each.name().equals(id.name()) && !each.equals(id))
        .filter(
            each -> each.version() < id.version() || sides.before().versions().containsKey(each))
        .map(ViewId::toString)
        .collect(Collectors.joining(", "));
  }
}
