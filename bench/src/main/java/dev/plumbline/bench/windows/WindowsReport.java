package dev.plumbline.bench.windows;

import dev.plumbline.bench.measure.CaseResult;
import dev.plumbline.bench.measure.Spread;
import dev.plumbline.bench.measure.Target;
import dev.plumbline.bench.measure.Target.Sense;
import dev.plumbline.bench.windows.LogChecksum.Checked;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What came of the windows, and how that stands against what is wanted. */
public final class WindowsReport {
  private static final double TIMES_AS_FAST = 5;
  private static final double TIMES_AS_LONG = 3.3;

  private final List<Contest> contests;

  WindowsReport(List<Contest> contests) {
    this.contests = List.copyOf(contests);
  }

  /** One result for each engine and case. */
  public List<CaseResult> results() {
    return contests.stream().map(WindowsReport::result).toList();
  }

  private static CaseResult result(Contest contest) {
    Checked written = contest.written();
    return new CaseResult(
        contest.on().name(),
        contest.engine().name(),
        contest.on().data().events(),
        contest.seconds(),
        contest.cpuSeconds(),
        contest.rounds(),
        written.log().rows(),
        OptionalLong.of(written.bytes()),
        written.log().checksum());
  }

  /** Ratios of medians; of what was not measured there is none. */
  public List<Target> targets() {
    List<Target> targets = new ArrayList<>();
    Optional<Spread> ten = seconds(WindowsCase.TEN, PlumblineEngine.NAME);
    Optional<Spread> sql = seconds(WindowsCase.TEN, SparkSqlEngine.NAME);
    Optional<Spread> thirty = seconds(WindowsCase.THIRTY, PlumblineEngine.NAME);
    if (ten.isPresent() && sql.isPresent()) {
      targets.add(
          new Target(
              "spark-sql / plumbline",
              Sense.AT_LEAST,
              TIMES_AS_FAST,
              sql.get().median() / ten.get().median()));
    }
    if (ten.isPresent() && thirty.isPresent()) {
      targets.add(
          new Target(
              "three times the events and keys / once",
              Sense.AT_MOST,
              TIMES_AS_LONG,
              thirty.get().median() / ten.get().median()));
    }
    return targets;
  }

  private Optional<Spread> seconds(String name, String engine) {
    return contests.stream()
        .filter(each -> each.on().name().equals(name) && each.engine().name().equals(engine))
        .map(Contest::seconds)
        .findFirst();
  }
}
