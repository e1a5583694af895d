package dev.plumbline.offline.gate;

import dev.plumbline.definition.ViewId;
import dev.plumbline.gate.GateVerdict;
import dev.plumbline.offline.RunReport;
import dev.plumbline.timeline.run.PlannedRun;
import dev.plumbline.type.Micros;
import java.util.List;
import java.util.stream.Collectors;

/** What a run has computed is not what its view expects. Nothing was committed. */
public final class GateFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient RunReport.GateFailed report;

  GateFailedException(ViewId view, PlannedRun run, List<GateVerdict> verdicts) {
    super(message(view, run, verdicts));
    this.report = new RunReport.GateFailed(view, run, verdicts);
  }

  public RunReport.GateFailed report() {
    return report;
  }

  private static String message(ViewId view, PlannedRun run, List<GateVerdict> verdicts) {
    List<GateVerdict> failed = verdicts.stream().filter(verdict -> !verdict.passed()).toList();
    return "view '%s' fails %d of %d expectations at the refresh %s, so nothing was committed:\n%s\nmend the source, or change 'expect' and apply it; then run the same command again"
        .formatted(
            view,
            failed.size(),
            verdicts.size(),
            Micros.instant(run.refresh()),
            failed.stream()
                .map(GateVerdict::toString)
                .collect(Collectors.joining("\n"))
                .indent(2)
                .stripTrailing());
  }
}
