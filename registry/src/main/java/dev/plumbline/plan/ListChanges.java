package dev.plumbline.plan;

import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.ViewId;
import dev.plumbline.type.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a service's list of features differs: what is dropped, added, moved to another version. */
final class ListChanges {
  private final Reading before;
  private final Reading after;
  private final Findings findings;

  /** From a reference of before to the one that takes its place. */
  private final Map<FeatureRef, FeatureRef> places = new LinkedHashMap<>();

  private final List<FeatureRef> added;

  ListChanges(Reading before, Reading after, Findings findings) {
    this.before = before;
    this.after = after;
    this.findings = findings;
    this.added = new ArrayList<>(after.service().features());
    before.service().features().stream()
        .filter(added::remove)
        .forEach(kept -> places.put(kept, kept));
    before.service().features().stream()
        .filter(reference -> !places.containsKey(reference))
        .forEach(this::pair);
  }

  /** A feature of the same name that is new takes the place of one that is gone. */
  private void pair(FeatureRef gone) {
    added.stream()
        .filter(each -> each.role().equals(gone.role()) && each.feature().equals(gone.feature()))
        .findFirst()
        .ifPresent(
            next -> {
              places.put(gone, next);
              added.remove(next);
            });
  }

  void find() {
    before.service().features().stream()
        .filter(reference -> !places.containsKey(reference))
        .forEach(reference -> findings.refuse("drops " + reference, CallerChanges.REMEDY));
    places.forEach(this::moved);
    added.forEach(reference -> findings.add(ChangeClass.ADDITIVE, "adds " + reference));
    order();
    defaults();
  }

  private void moved(FeatureRef from, FeatureRef to) {
    if (from.equals(to)) {
      readFrom(from);
      return;
    }
    DataType was = Objects.requireNonNull(before.types().get(from));
    DataType now = Objects.requireNonNull(after.types().get(to));
    String type = was.equals(now) ? "" : ", and is %s, was %s".formatted(now, was);
    findings.add(
        ChangeClass.NEW_VERSION,
        "moves %s from @%d to @%d%s"
            .formatted(from.role() + ":" + from.feature(), from.version(), to.version(), type));
  }

  /** What a feature is read from may be another view, where the one that had it is gone. */
  private void readFrom(FeatureRef kept) {
    ViewId was = before.views().get(kept);
    ViewId now = after.views().get(kept);
    if (!Objects.equals(was, now)) {
      findings.refuse(
          "reads %s from %s, was from %s".formatted(kept, now, was),
          "give the feature of %s another name, and read it in a new service".formatted(now));
    }
  }

  private void order() {
    List<FeatureRef> was =
        before.service().features().stream().filter(places::containsKey).map(places::get).toList();
    List<FeatureRef> now = after.service().features().stream().filter(was::contains).toList();
    if (!was.equals(now)) {
      findings.add(ChangeClass.NEW_VERSION, "answers in another order");
    }
  }

  private void defaults() {
    Leaves was = new Leaves();
    Leaves now = new Leaves();
    places.forEach(
        (from, to) -> {
          put(was, to, before.service().defaults().get(from));
          put(now, to, after.service().defaults().get(to));
        });
    findings.addAll(ChangeClass.NEW_VERSION, now.differences(was));
  }

  private static void put(Leaves defaults, FeatureRef reference, @Nullable Object value) {
    defaults.put("defaults." + reference, Optional.ofNullable(value));
  }
}
