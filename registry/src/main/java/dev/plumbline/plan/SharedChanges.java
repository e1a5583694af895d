package dev.plumbline.plan;

import dev.plumbline.definition.About;
import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.Source;
import dev.plumbline.expression.CanonicalExpressions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What becomes of what views share: entities and sources. */
final class SharedChanges {
  private final Sides sides;
  private final Revision before;
  private final Revision after;

  SharedChanges(Sides sides) {
    this.sides = sides;
    this.before = sides.before().revision();
    this.after = sides.after().revision();
  }

  Stream<Change> all() {
    Stream<Optional<Change>> entities =
        Sides.union(before.entities(), after.entities()).stream().map(this::entity);
    Stream<Optional<Change>> sources =
        Sides.union(before.sources(), after.sources()).stream().map(this::source);
    return Stream.concat(entities, sources).flatMap(Optional::stream);
  }

  private Optional<Change> entity(String name) {
    Entity was = before.entities().get(name);
    Entity now = after.entities().get(name);
    Findings findings = new Findings("entity " + name);
    Predicate<FeatureView> over = view -> view.entity().equals(name);
    if (was == null) {
      findings.add(ChangeClass.ADDITIVE, "is new");
    } else if (now == null) {
      findings.add(ChangeClass.METADATA, "is removed; nothing refers to it");
    } else {
      words(now.about(), was.about(), findings);
      List<String> keys =
          new Leaves().put("keys", now.keys()).differences(new Leaves().put("keys", was.keys()));
      matters(
          keys,
          over,
          ChangeClass.ADDITIVE,
          "restore it; declare another entity, and views of that one",
          findings);
    }
    return findings.areNone()
        ? Optional.empty()
        : findings.change(sides.affected(sides.versionsOver(over)));
  }

  private Optional<Change> source(String name) {
    Source was = before.sources().get(name);
    Source now = after.sources().get(name);
    Findings findings = new Findings("source " + name);
    Predicate<FeatureView> over = view -> view.source().equals(name);
    if (was == null) {
      findings.add(ChangeClass.ADDITIVE, "is new");
    } else if (now == null) {
      findings.add(ChangeClass.METADATA, "is removed; nothing refers to it");
    } else {
      words(now.about(), was.about(), findings);
      findings.addAll(ChangeClass.METADATA, place(now).differences(place(was)));
      rows(rows(now).differences(rows(was)), name, findings);
      if (findings.areNone() && !rows(now).areWrittenAs(rows(was))) {
        findings.add(ChangeClass.NONE, "is written in another way and means the same");
      }
    }
    return findings.areNone() ? Optional.empty() : findings.change(affected(name, over));
  }

  private Affected affected(String name, Predicate<FeatureView> over) {
    Affected views = sides.affected(sides.versionsOver(over));
    List<String> datasets =
        Stream.concat(views.datasets().stream(), sides.labelledBy(name).stream()).toList();
    return new Affected(views.features(), views.services(), List.of(), datasets);
  }

  private static void words(About now, About was, Findings findings) {
    findings.addAll(ChangeClass.METADATA, Leaves.of(now).differences(Leaves.of(was)));
  }

  /** Other rows: for views by what they mean, for labels by what the next build reads. */
  private void rows(List<String> differences, String name, Findings findings) {
    if (differences.isEmpty()) {
      return;
    }
    List<String> labelled = sides.labelledBy(name);
    matters(
        differences,
        view -> view.source().equals(name),
        labelled.isEmpty() ? ChangeClass.ADDITIVE : ChangeClass.NEW_VERSION,
        "restore it; declare another source, and a new version of the view over that one",
        findings);
    if (!labelled.isEmpty()) {
      findings.note(
          "gives labels to %s: the next build may be another"
              .formatted(String.join(", ", labelled)));
    }
  }

  /**
   * Sorts differences by whom they concern.
   *
   * @param over the views that they may concern
   * @param otherwise what they are if no published version means something else by them
   */
  private void matters(
      List<String> differences,
      Predicate<FeatureView> over,
      ChangeClass otherwise,
      String remedy,
      Findings findings) {
    if (differences.isEmpty()) {
      return;
    }
    String changed = changedOver(over);
    if (changed.isEmpty()) {
      findings.addAll(otherwise, differences);
    } else {
      findings.refuse(differences, remedy);
      findings.note("is part of what is published as " + changed);
    }
  }

  /** Versions that are there before and after, and mean something else now. */
  private String changedOver(Predicate<FeatureView> which) {
    return sides.versionsOver(which).stream()
        .map(Version::id)
        .filter(id -> sides.after().meaning(id).isPresent())
        .filter(id -> !sides.newMeaning(id).isEmpty())
        .map(Object::toString)
        .collect(Collectors.joining(", "));
  }

  private static Leaves place(Source source) {
    return new Leaves().put("place", source.place()).put("table", source.table());
  }

  private static Leaves rows(Source source) {
    Leaves leaves =
        new Leaves()
            .put("format", source.format().name().toLowerCase(Locale.ROOT))
            .put("event_time", eventTime(source))
            .put("arrival_time", source.arrivalTime())
            .put("zone", source.zone())
            .put("bad_rows", source.badRows().name().toLowerCase(Locale.ROOT));
    source.query().ifPresent(sql -> leaves.put("query", sql, canonical(sql, source)));
    for (Source.Column column : source.columns()) {
      String path = "columns." + column.name();
      leaves.put(path, column.type());
      column
          .expr()
          .ifPresent(sql -> leaves.put(path + ".expr", sql, CanonicalExpressions.raw(sql)));
    }
    return leaves;
  }

  private static String canonical(String query, Source source) {
    return source.format() == Source.Format.JDBC
        ? CanonicalExpressions.foreignQuery(query)
        : CanonicalExpressions.query(
            query, source.columns().stream().flatMap(column -> column.expr().stream()).toList());
  }

  private static String eventTime(Source source) {
    return source.eventTime() instanceof Source.EventTime.ByColumn byColumn
        ? byColumn.column()
        : ((Source.EventTime.Constant) source.eventTime()).instant().toString();
  }
}
