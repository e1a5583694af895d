package dev.plumbline.offline.source;

import dev.plumbline.definition.Complaint;
import dev.plumbline.definition.ProblemCode;
import dev.plumbline.definition.Source;
import dev.plumbline.definition.yaml.Refused;
import dev.plumbline.definition.yaml.SourceCheck;
import dev.plumbline.definition.yaml.WrittenSource;
import dev.plumbline.expression.ExpressionException;
import dev.plumbline.expression.RawColumns;
import dev.plumbline.offline.source.ColumnFit.Misfit;
import dev.plumbline.offline.source.SeenColumns.Seen;
import dev.plumbline.offline.source.SeenColumns.Unseen;
import dev.plumbline.registry.RawSchema;
import dev.plumbline.yaml.Problems;
import dev.plumbline.yaml.Where;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds what sources declare against their raw columns, by the rules of a run, without one: each
 * declared column, each expression over raw columns, each query in Spark SQL.
 */
public final class DataCheck implements SourceCheck {
  private final SourceSight sight;
  private final SourcePlaces places;
  private final InstantSource clock;
  private final Map<String, RawSchema> seen = new LinkedHashMap<>();
  private final List<Unchecked> unchecked = new ArrayList<>();

  /**
   * A check that remembers what it saw.
   *
   * @param places of the sources, for people
   * @param clock that says when something was seen
   */
  public DataCheck(SourceSight sight, SourcePlaces places, InstantSource clock) {
    this.sight = sight;
    this.places = places;
    this.clock = clock;
  }

  /**
   * A source of which not everything could be checked.
   *
   * @param why in one line, for people
   */
  public record Unchecked(String source, String why) {}

  /** A problem, before it is known whether it is one. */
  private record Finding(Where where, Complaint complaint) {}

  @Override
  public void check(WrittenSource written, Problems problems) {
    Source source = written.source();
    try {
      SeenColumns found = sight.look(source);
      if (found instanceof Unseen unseen) {
        unchecked.add(new Unchecked(source.name(), unseen.why()));
      } else if (found instanceof Seen columns) {
        String place = String.join(", ", places.of(source));
        seen.put(source.name(), RecordedSight.record(source, columns, place, clock.instant()));
        report(written, columns, problems);
      }
    } catch (SourceMismatchException e) {
      e.problems()
          .forEach(
              problem ->
                  problems.add(
                      written.place(),
                      ProblemCode.SOURCE_MISMATCH.found(
                          "source '%s': %s", source.name(), problem)));
    } catch (ExpressionException e) {
      problems.add(written.query(e.offset()), Refused.complaint("query", e.refusal()));
    }
  }

  /** A column that is missing from a part may be in the rest, where only a run looks. */
  private void report(WrittenSource written, Seen columns, Problems problems) {
    List<Finding> findings = findings(written, columns.columns());
    Optional<String> part = columns.part();
    if (part.isEmpty() || findings.isEmpty()) {
      findings.forEach(finding -> problems.add(finding.where(), finding.complaint()));
      return;
    }
    for (Finding each : findings) {
      unchecked.add(
          new Unchecked(
              written.source().name(),
              "%s:%d:%d: %s (seen: %s)"
                  .formatted(
                      each.where().file(),
                      each.where().line(),
                      each.where().column(),
                      each.complaint().text(),
                      part.get())));
    }
  }

  private static List<Finding> findings(WrittenSource written, RawColumns columns) {
    Source source = written.source();
    Optional<String> query = source.query().filter(sql -> source.format() != Source.Format.JDBC);
    RawColumns raw = columns;
    if (query.isPresent()) {
      try {
        raw = columns.query(query.get());
      } catch (ExpressionException e) {
        return List.of(
            new Finding(written.query(e.offset()), Refused.complaint("query", e.refusal())));
      }
    }
    return new ColumnRule(source, raw)
        .fits().stream()
            .filter(Misfit.class::isInstance)
            .map(fit -> finding(written, (Misfit) fit))
            .toList();
  }

  private static Finding finding(WrittenSource written, Misfit misfit) {
    String column = misfit.column().name();
    return switch (misfit.part()) {
      case NAME -> new Finding(written.name(column), misfit.complaint());
      case TYPE -> new Finding(written.type(column), misfit.complaint());
      case EXPR ->
          new Finding(written.expr(column, misfit.offset()), misfit.complaint().about("expr:"));
    };
  }

  /** What was seen, a source each, to be remembered. */
  public List<RawSchema> seen() {
    return List.copyOf(seen.values());
  }

  /** What could not be checked, in the order of the definitions. */
  public List<Unchecked> unchecked() {
    return List.copyOf(unchecked);
  }
}
