package dev.plumbline.gate;

import dev.plumbline.definition.Entity;
import dev.plumbline.definition.Expectation;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.gate.RuleTally.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands between the rows of a run and their commit: the expectations of its view. */
public final class Gate {
  private final FeatureView view;
  private final GateColumns columns;

  public Gate(FeatureView view, Entity entity) {
    this.view = view;
    this.columns = new GateColumns(view, entity);
  }

  /** Whether the view expects nothing. */
  public boolean isOpen() {
    return view.expectations().isEmpty();
  }

  /** A tally that has not seen a row yet. */
  public GateTally tally() {
    return new GateTally(columns, view.expectations().stream().map(this::tally).toList());
  }

  private RuleTally tally(Expectation expectation) {
    if (expectation instanceof Expectation.Rows rows) {
      return new RowsTally(rows);
    }
    if (expectation instanceof Expectation.Freshness freshness) {
      return new FreshnessTally(freshness);
    }
    if (expectation instanceof Expectation.Nulls nulls) {
      return new NullsTally(nulls, view.indexOf(nulls.name()));
    }
    if (expectation instanceof Expectation.Range range) {
      return new RangeTally(range, view.indexOf(range.name()));
    }
    return new UniqueKeyTally(columns.all());
  }

  /**
   * What is to be said of all rows, one verdict for each expectation and in their order.
   *
   * @param tally of all entities
   * @param refresh at which they were seen, in microseconds since 1970
   */
  public List<GateVerdict> verdicts(GateTally tally, long refresh) {
    List<GateVerdict> verdicts = new ArrayList<>();
    for (int i = 0; i < view.expectations().size(); i++) {
      RuleTally rule = tally.rules().get(i);
      Finding finding = rule.finding(refresh);
      List<Map<String, @Nullable Object>> examples =
          rule.examples().list().stream()
              .map(example -> columns.cells(example, finding.features()))
              .toList();
      verdicts.add(
          new GateVerdict(
              view.expectations().get(i),
              finding.passed(),
              finding.value(),
              finding.expected(),
              finding.passed() ? List.of() : examples));
    }
    return verdicts;
  }
}
