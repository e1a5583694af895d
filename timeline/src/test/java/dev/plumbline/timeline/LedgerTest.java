package dev.plumbline.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** One tick is a microsecond; refreshes every 10, planned 3 later. */
class LedgerTest {
  private static final ViewTiming TIMING =
      new ViewTiming(
          ViewTiming.Shape.WINDOWED,
          Duration.ofNanos(10_000),
          Duration.ofNanos(3_000),
          Optional.empty());
  private static final Run BACKFILL =
      new Run(100, Run.Kind.BACKFILL, 10, 60, OptionalLong.of(101), true);
  private static final Run LIVE = new Run(110, Run.Kind.LIVE, 90, 90, OptionalLong.of(117), true);
  private static final Run UNPUBLISHED =
      new Run(130, Run.Kind.LIVE, 120, 120, OptionalLong.empty(), false);
  private static final Ledger LEDGER = new Ledger(TIMING, List.of(BACKFILL, LIVE, UNPUBLISHED));

  @Test
  void backfilledRefreshesAreVisibleOneByOneAndLiveOnesWhenPublished() {
    assertThat(LEDGER.newestRefresh(12)).isEmpty();
    assertThat(LEDGER.newestRefresh(13)).hasValue(10);
    assertThat(LEDGER.newestRefresh(42)).hasValue(30);
    assertThat(LEDGER.newestRefresh(116)).hasValue(60);
    assertThat(LEDGER.newestRefresh(117)).hasValue(90);
    assertThat(LEDGER.newestRefresh(10_000)).hasValue(90);
  }

  @Test
  void rowsAreVisibleFromTheirPlannedTimeOrTheEndOfTheirPush() {
    assertThat(LEDGER.visibleFrom(13, 100)).isEqualTo(13);
    assertThat(LEDGER.visibleFrom(93, 110)).isEqualTo(117);
    assertThat(LEDGER.visibleFrom(123, 130)).isEqualTo(Long.MAX_VALUE);
    assertThat(LEDGER.visibleFrom(13, 105)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void anEarlierPositionKnowsNoLaterRun() {
    Ledger earlier = LEDGER.upTo(TIMING, 100);

    assertThat(earlier.newestRefresh(10_000)).hasValue(60);
    assertThat(earlier.visibleFrom(93, 110)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void stampsIncrease() {
    assertThatThrownBy(() -> new Ledger(TIMING, List.of(LIVE, BACKFILL)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("runs are not in the order of their stamps: 110, 100");
  }
}
