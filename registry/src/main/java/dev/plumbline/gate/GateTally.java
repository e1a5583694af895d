package dev.plumbline.gate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What the expectations of a view have found in the rows of a refresh so far. Each entity is
 * observed once, by one of any number of tallies; their sum is the same however the entities were
 * spread, and in whatever order they came. Not thread-safe.
 */
public final class GateTally implements Serializable {
  private static final long serialVersionUID = 1;

  private final GateColumns columns;
  private final List<RuleTally> rules;

  GateTally(GateColumns columns, List<RuleTally> rules) {
    this.columns = columns;
    this.rules = new ArrayList<>(rules);
  }

  /**
   * Looks at everything that the refresh sees of one entity.
   *
   * @param key canonical values, in the order of the entity's keys
   * @param rows those of one event time one after the other
   */
  public void observe(List<Object> key, List<SeenRow> rows) {
    rules.forEach(rule -> rule.observe(columns, key, rows));
  }

  /** Takes in what another tally of the same gate has found in other entities. */
  public void add(GateTally other) {
    for (int i = 0; i < rules.size(); i++) {
      rules.get(i).add(other.rules.get(i));
    }
  }

  List<RuleTally> rules() {
    return rules;
  }
}
