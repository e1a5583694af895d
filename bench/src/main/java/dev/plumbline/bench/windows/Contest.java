package dev.plumbline.bench.windows;

import dev.plumbline.bench.measure.Spread;
import dev.plumbline.bench.measure.Stopwatch;
import dev.plumbline.bench.windows.LogChecksum.Checked;
import java.util.ArrayList;
import java.util.List;

/** One engine on one case, and its rounds so far. */
final class Contest {
  /** Who takes longer than this is asked twice only. */
  private static final double LONG_SECONDS = 60;

  private static final int ROUNDS_OF_THE_SLOW = 2;

  private final WindowsCase on;
  private final Engine engine;
  private final List<Stopwatch.Lap> laps = new ArrayList<>();
  private Checked written = Checked.NOTHING;

  Contest(WindowsCase on, Engine engine) {
    this.on = on;
    this.engine = engine;
  }

  WindowsCase on() {
    return on;
  }

  Engine engine() {
    return engine;
  }

  int rounds() {
    return laps.size();
  }

  /** What the last round wrote. */
  Checked written() {
    return written;
  }

  /** Whether another of at most so many rounds is worth its time. */
  boolean isOpen(int rounds) {
    boolean slow = laps.stream().anyMatch(lap -> lap.seconds() > LONG_SECONDS);
    return laps.size() < (slow ? Math.min(rounds, ROUNDS_OF_THE_SLOW) : rounds);
  }

  /** How long the last round took; 0 before the first. */
  double lastSeconds() {
    return laps.isEmpty() ? 0 : laps.get(laps.size() - 1).seconds();
  }

  /**
   * Takes in one more round.
   *
   * @throws dev.plumbline.bench.measure.DisagreementException if it wrote other rows than the round
   *     before
   */
  void add(Stopwatch.Lap lap, Checked checked) {
    if (!laps.isEmpty()) {
      written.log().rejectOther(on.name() + ", " + engine.name(), "again", checked.log());
    }
    laps.add(lap);
    written = checked;
  }

  Spread seconds() {
    return Spread.of(laps.stream().map(Stopwatch.Lap::seconds).toList());
  }

  Spread cpuSeconds() {
    return Spread.of(laps.stream().map(Stopwatch.Lap::cpuSeconds).toList());
  }
}
