package dev.plumbline.plan;

import dev.plumbline.definition.DatasetDefinition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What becomes of datasets. What was built stays as it is, whatever becomes of the definition. */
final class DatasetChanges {
  private final Sides sides;

  DatasetChanges(Sides sides) {
    this.sides = sides;
  }

  Stream<Change> all() {
    return Sides.union(sides.before().revision().datasets(), sides.after().revision().datasets())
        .stream()
        .map(this::change)
        .flatMap(Optional::stream);
  }

  private Optional<Change> change(String name) {
    DatasetDefinition was = sides.before().revision().datasets().get(name);
    DatasetDefinition now = sides.after().revision().datasets().get(name);
    Findings findings = new Findings("dataset " + name);
    if (was == null) {
      findings.add(ChangeClass.ADDITIVE, "is new");
    } else if (now == null) {
      findings.add(ChangeClass.METADATA, "is removed; the versions that were built stay");
    } else {
      findings.addAll(ChangeClass.NEW_VERSION, rows(now).differences(rows(was)));
      if (!findings.areNone()) {
        findings.note("the next build is another version; those that were built stay");
      }
      findings.addAll(
          ChangeClass.METADATA, Leaves.of(now.about()).differences(Leaves.of(was.about())));
    }
    List<String> services =
        Stream.of(Optional.ofNullable(was), Optional.ofNullable(now))
            .flatMap(Optional::stream)
            .map(DatasetDefinition::service)
            .toList();
    return findings.change(new Affected(List.of(), services, List.of(), List.of(name)));
  }

  /** What decides what is built. */
  private static Leaves rows(DatasetDefinition dataset) {
    DatasetDefinition.Labels labels = dataset.labels();
    Leaves leaves =
        new Leaves()
            .put("service", dataset.service())
            .put("labels.source", labels.source())
            .put("labels.time", labels.time())
            .put("labels.columns", String.join(", ", labels.columns()));
    labels
        .keys()
        .forEach(
            (role, keys) ->
                keys.forEach(
                    (key, column) -> leaves.put("labels.keys." + role + "." + key, column)));
    dataset.split().ifPresent(split -> put(leaves, split));
    return leaves;
  }

  private static void put(Leaves leaves, DatasetDefinition.Split split) {
    leaves
        .put("split.train", split.train())
        .put("split.validation", split.validation())
        .put("split.test", split.test());
    if (split.by() instanceof DatasetDefinition.Split.Key key) {
      leaves.put("split.by", key.name()).put("split.seed", key.seed());
    } else {
      leaves.put("split.by", "time");
    }
  }
}
