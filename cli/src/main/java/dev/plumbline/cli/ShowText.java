package dev.plumbline.cli;

import dev.plumbline.definition.FeatureView;
import dev.plumbline.offline.preview.KnownValues;
import dev.plumbline.registry.ShortHash;
import dev.plumbline.type.Field;
import dev.plumbline.yaml.DurationText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All that is told of one thing, for people. */
final class ShowText {
  private static final int WIDEST_VALUE = 24;

  private final Shown shown;
  private final int width;

  ShowText(Shown shown, int width) {
    this.shown = shown;
    this.width = width;
  }

  String text() {
    String definition = heading() + "\n\n" + Lines.indented(shown.yaml());
    List<String> parts = new ArrayList<>();
    shown.tree().flatMap(ShowText::difference).ifPresent(parts::add);
    fingerprints().ifPresent(parts::add);
    if (!shown.versions().isEmpty()) {
      parts.add(versions());
    }
    shown.stored().flatMap(Shown.Stored::freshness).map(this::freshness).ifPresent(parts::add);
    values().ifPresent(parts::add);
    parts.add(users());
    parts.add(shown.looked().told());
    return definition + "\n\n" + Lines.fitted(String.join("\n\n", parts), width);
  }

  private String heading() {
    String of = shown.item().kind().isFeature() ? " of " + shown.item().view().orElseThrow() : "";
    return shown.item().kind() + " " + shown.item().ref() + of;
  }

  private static Optional<String> difference(TreeComparison tree) {
    if (tree instanceof TreeComparison.Differs differs) {
      return Optional.of(
          "The files here say something else, which is not applied:\n"
              + Lines.indented(String.join("\n", differs.lines())));
    }
    if (tree instanceof TreeComparison.Gone) {
      return Optional.of("It is not in the files here.");
    }
    return tree instanceof TreeComparison.Unreadable unreadable
        ? Optional.of(
            "The files here have %d problems and are not compared; see plumb validate."
                .formatted(unreadable.problems()))
        : Optional.empty();
  }

  private Optional<String> fingerprints() {
    return shown
        .metadataFingerprint()
        .flatMap(
            metadata ->
                shown
                    .fingerprint()
                    .map(
                        meaning ->
                            "fingerprint %s, of what people read %s"
                                .formatted(ShortHash.of(meaning), ShortHash.of(metadata))));
  }

  private String versions() {
    boolean stored = shown.stored().isPresent();
    Table table =
        stored
            ? new Table("version", "state", "materialised to", "published at", "fingerprint")
            : new Table("version", "state", "fingerprint");
    for (VersionState each : shown.versions()) {
      String version = String.valueOf(each.view().version());
      String hash = ShortHash.of(each.fingerprint());
      if (stored) {
        table.row(
            version,
            each.state().toString(),
            at(each.materializedTo()),
            at(each.publishedAt()),
            hash);
      } else {
        table.row(version, each.state().toString(), hash);
      }
    }
    return table.toString();
  }

  private static String at(Optional<Instant> instant) {
    return instant.map(Instant::toString).orElse("–");
  }

  private String freshness(Freshness fresh) {
    List<String> told = new ArrayList<>();
    told.add("refresh " + fresh.refresh());
    fresh
        .age()
        .ifPresent(
            age ->
                told.add(
                    "age "
                        + DurationText.of(age.truncatedTo(ChronoUnit.MILLIS))
                        + fresh.maxAge().map(most -> " of " + DurationText.of(most)).orElse("")
                        + (fresh.isExpired() ? ", EXPIRED" : "")));
    told.add(fresh.publishedAt().isPresent() ? "online" : "never published");
    String due = fresh.nextDueAt().map(at -> "\n  next due at " + at).orElse("");
    return "  " + String.join(" · ", told) + due;
  }

  /** Names and types of features, with what is known of some entities beside them. */
  private Optional<String> values() {
    if (shown.fields().isEmpty()) {
      return Optional.empty();
    }
    Optional<Examples> examples = shown.stored().map(Shown.Stored::examples);
    int most = examples.map(all -> all.entities().size()).orElse(0);
    String table = values(examples, most);
    while (most > 1 && table.lines().anyMatch(line -> line.length() > width)) {
      table = values(examples, --most);
    }
    return Optional.of(table + examples.map(ShowText::asOf).orElse(""));
  }

  private static String asOf(Examples examples) {
    return examples.missing().isEmpty()
        ? "\n  Newest values of the log, as of %s.".formatted(examples.at())
        : "\n  No example values: %s.".formatted(examples.missing());
  }

  private String values(Optional<Examples> examples, int columns) {
    List<KnownValues> entities =
        examples.map(Examples::entities).orElse(List.of()).subList(0, columns);
    List<String> headings = new ArrayList<>(List.of("feature", "type"));
    entities.forEach(each -> headings.add(Lines.cut(ValueShown.key(each.key()), WIDEST_VALUE)));
    int[] right = new int[columns];
    for (int i = 0; i < columns; i++) {
      right[i] = i + 2;
    }
    Table table = new Table(headings.toArray(String[]::new)).right(right);
    for (Field field : shown.fields()) {
      List<String> row = new ArrayList<>(List.of(field.name(), field.type().toString()));
      entities.forEach(each -> row.add(cell(each, field)));
      table.row(row.toArray(String[]::new));
    }
    return table.toString();
  }

  private String cell(KnownValues known, Field field) {
    if (known.values().isEmpty()) {
      return known.status().toString();
    }
    FeatureView view = shown.stored().orElseThrow().view();
    Object value = known.values().get(view.indexOf(field.name()));
    return Lines.cut(ValueShown.text(value), WIDEST_VALUE);
  }

  private String users() {
    List<String> lines = UseTree.lines(shown.uses());
    return lines.isEmpty() ? "Nothing depends on it." : "used by\n" + String.join("\n", lines);
  }
}
