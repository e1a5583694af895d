package dev.plumbline.offline.gate;

import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.ViewId;
import dev.plumbline.gate.Gate;
import dev.plumbline.gate.GateTally;
import dev.plumbline.gate.GateVerdict;
import dev.plumbline.timeline.run.PlannedRun;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkContext;

/** The gate of one run: tasks show it what they see, then it lets the run commit or does not. */
public final class RunGate {
  private final ViewId view;
  private final Gate gate;
  private final PlannedRun run;
  private final GateTallies tallies = new GateTallies();

  public RunGate(SparkContext spark, FeatureView view, Entity entity, PlannedRun run) {
    this.view = view.id();
    this.gate = new Gate(view, entity);
    this.run = run;
    spark.register(tallies);
  }

  /** What tasks need to show it something; empty if the view expects nothing. */
  public Optional<GateWatch> watch() {
    return gate.isOpen()
        ? Optional.empty()
        : Optional.of(new GateWatch(gate.tally(), tallies, run.refresh()));
  }

  /**
   * The verdicts on everything that tasks have shown, all of them good.
   *
   * @param partitions of the rows of the run, each of which has been computed
   * @throws GateFailedException if one is not
   */
  public List<GateVerdict> pass(int partitions) {
    if (gate.isOpen()) {
      return List.of();
    }
    if (tallies.value().size() != partitions) {
      throw new IllegalStateException(
          "the gate of %s has heard of %d partitions (expected: %d)"
              .formatted(view, tallies.value().size(), partitions));
    }
    GateTally sum = gate.tally();
    tallies.value().values().forEach(sum::add);
    List<GateVerdict> verdicts = gate.verdicts(sum, run.refresh());
    if (!verdicts.stream().allMatch(GateVerdict::passed)) {
      throw new GateFailedException(view, run, verdicts);
    }
    return verdicts;
  }
}
