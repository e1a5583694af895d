package dev.plumbline.timeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.Refreshes;
import dev.plumbline.timeline.ViewTiming;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlannedRunTest {
  private static final ViewTiming TIMING =
      new ViewTiming(
          ViewTiming.Shape.WINDOWED, Duration.ofNanos(10_000), Duration.ZERO, Optional.empty());
  private static final Ledger RUNS =
      new Ledger(TIMING, List.of(new PlannedRun.Backfill(1, 0, 100).committed()));

  @Test
  void aBackfillOfTheSameRefreshesRepeatsThem() {
    assertThat(new PlannedRun.Backfill(2, 0, 100).repeats(RUNS)).isTrue();
  }

  @Test
  void theFirstChunkOfALongerBackfillDoesNotSinceMoreWasAskedFor() {
    assertThat(new PlannedRun.Backfill(2, 0, 100, new Refreshes(0, 200)).repeats(RUNS)).isFalse();
  }

  @Test
  void aBackfillThatBeginsEarlierDoesNot() {
    assertThat(new PlannedRun.Backfill(2, -10, 100).repeats(RUNS)).isFalse();
  }
}
