package dev.plumbline.bench.live;

import dev.plumbline.bench.measure.Stopwatch;
import dev.plumbline.offline.Progress;
import dev.plumbline.offline.RunReport;
import java.util.List;

/**
 * A live run that was measured.
 *
 * @param lap all of it
 * @param pushSeconds of that, from when it began to publish
 * @param rows that it wrote to the log
 */
record LiveRun(Stopwatch.Lap lap, double pushSeconds, long stamp, long rows) {
  /** Sees a run go from computing to publishing. */
  static final class Phases implements Progress {
    private final Stopwatch watch = new Stopwatch();
    private double publishing;

    @Override
    public void at(String step) {
      if (step.startsWith("publishing")) {
        publishing = watch.lap().seconds();
      }
    }

    /** The run has ended. */
    LiveRun ended(List<RunReport> reports) {
      Stopwatch.Lap lap = watch.lap();
      RunReport.Materialized done =
          reports.stream()
              .filter(RunReport.Materialized.class::isInstance)
              .map(RunReport.Materialized.class::cast)
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("nothing was due: " + reports));
      return new LiveRun(lap, lap.seconds() - publishing, done.run().stamp(), done.rows());
    }
  }
}
