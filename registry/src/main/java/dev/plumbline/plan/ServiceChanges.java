package dev.plumbline.plan;

import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.FeatureService;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What becomes of services. */
final class ServiceChanges {
  private final Sides sides;

  ServiceChanges(Sides sides) {
    this.sides = sides;
  }

  Stream<Change> all() {
    return Sides.union(sides.before().revision().services(), sides.after().revision().services())
        .stream()
        .map(this::change)
        .flatMap(Optional::stream);
  }

  private Optional<Change> change(String name) {
    FeatureService before = sides.before().revision().services().get(name);
    FeatureService after = sides.after().revision().services().get(name);
    Findings findings = new Findings("feature_service " + name);
    if (before == null) {
      Reading reading = sides.after().readings().of(name);
      findings.add(ChangeClass.ADDITIVE, "is new, with " + count(reading));
      new TakenUp(sides, reading, findings).ofNewService();
    } else if (after == null) {
      removed(sides.before().readings().of(name), findings);
    } else {
      compared(sides.before().readings().of(name), sides.after().readings().of(name), findings);
    }
    return findings.change(affected(name, before, after));
  }

  private Affected affected(
      String name, @Nullable FeatureService before, @Nullable FeatureService after) {
    Set<Answered> was = answered(before);
    Set<Answered> is = answered(after);
    List<String> features =
        Stream.concat(was.stream(), is.stream())
            .filter(each -> !(was.contains(each) && is.contains(each)))
            .map(each -> each.feature().toString())
            .toList();
    return new Affected(features, List.of(name), List.of(), sides.datasetsOf(List.of(name)));
  }

  /** A feature of a service, and what stands in for it. */
  private record Answered(FeatureRef feature, Optional<Object> otherwise) {}

  private static Set<Answered> answered(@Nullable FeatureService service) {
    return Stream.ofNullable(service)
        .flatMap(each -> each.features().stream().map(feature -> answered(feature, each)))
        .collect(Collectors.toSet());
  }

  private static Answered answered(FeatureRef feature, FeatureService service) {
    return new Answered(feature, Optional.ofNullable(service.defaults().get(feature)));
  }

  private static String count(Reading reading) {
    int features = reading.service().features().size();
    return features == 1 ? "1 feature" : features + " features";
  }

  private static void removed(Reading gone, Findings findings) {
    if (gone.isActive()) {
      findings.refuse(
          "is removed, and was not retired",
          "set retired: true, apply, and remove it when nobody calls it any more");
    } else {
      findings.add(ChangeClass.METADATA, "is removed; who still calls it gets NOT_FOUND");
    }
  }

  private void compared(Reading before, Reading after, Findings findings) {
    new CallerChanges(before, after, findings).find();
    new ListChanges(before, after, findings).find();
    boolean begins = !before.isActive() && after.isActive();
    if (after.isActive()) {
      new TakenUp(sides, after, findings).since(begins ? Optional.empty() : Optional.of(before));
    }
    if (begins) {
      findings.add(ChangeClass.METADATA, "is in use again");
    } else if (before.isActive() && !after.isActive()) {
      findings.add(ChangeClass.METADATA, "is retired: it is answered until it is removed");
    }
    findings.addAll(
        ChangeClass.METADATA,
        Leaves.of(after.service().about()).differences(Leaves.of(before.service().about())));
    if (findings.areNone() && !after.service().equals(before.service())) {
      findings.add(ChangeClass.NONE, "is written in another way and means the same");
    }
  }
}
