package dev.plumbline.timeline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.Refreshes;
import dev.plumbline.timeline.Run;
import dev.plumbline.timeline.ViewTiming;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** One tick is a microsecond; refreshes every 10, planned 3 later. */
class RunPlannerTest {
  private static final ViewTiming WINDOWED = timing(ViewTiming.Shape.WINDOWED);
  private static final ViewTiming ROW = timing(ViewTiming.Shape.ROW);
  private static final long STAMP = 1_000;
  private static final OptionalInt NONE = OptionalInt.empty();
  private static final Run BACKFILL = backfill(100, 20, 60, OptionalLong.empty());
  private static final Run PUBLISHED = backfill(100, 20, 60, OptionalLong.of(101));

  @Test
  void takesTheNewestDueRefreshAndSkipsThoseBetween() {
    assertThat(planner(PUBLISHED).next(113, NONE))
        .isEqualTo(new NextRun.Refresh(new PlannedRun.Live(STAMP, 110, 110)));
  }

  @Test
  void aRefreshIsDueOnlyAtItsPlannedTime() {
    assertThat(planner(PUBLISHED).next(72, NONE)).isEqualTo(new NextRun.NothingDue(60, 60));
  }

  @Test
  void aViewThatWasNeverRunBeginsWithItsNewestDueRefresh() {
    assertThat(planner().next(49, OptionalInt.of(5)))
        .isEqualTo(new NextRun.Refresh(new PlannedRun.Live(STAMP, 40, 40)));
  }

  @Test
  void whatIsCommittedIsPublishedFirst() {
    assertThat(planner(BACKFILL).next(500, NONE)).isEqualTo(new NextRun.PublishFirst(BACKFILL));
  }

  @Test
  void aRunBearsTheStampThatItIsGivenWhateverTheClockSays() {
    assertThat(live(WINDOWED, NONE).stamp()).isEqualTo(STAMP);
    assertThat(planner(BACKFILL).backfill(70, 90, 100).stamp()).isEqualTo(STAMP);
  }

  @Test
  void aRunIsOpenedWithoutHavingWrittenAnything() {
    PlannedRun backfill = planner().backfill(20, 60, 100);

    assertThat(backfill.opened().closed()).isFalse();
    assertThat(backfill.committed().closed()).isTrue();
    assertThat(live(WINDOWED, NONE).opened())
        .isEqualTo(new Run(STAMP, Run.Kind.LIVE, 110, 110, OptionalLong.empty(), false));
  }

  @Test
  void aLookbackEndsAtTheFirstRefresh() {
    assertThat(live(WINDOWED, OptionalInt.of(2)).from()).isEqualTo(90);
    assertThat(live(WINDOWED, OptionalInt.of(50)).from()).isEqualTo(20);
  }

  @Test
  void rowsThatCameSinceTheLastRefreshAreNotLate() {
    assertThat(live(ROW, NONE).from()).isEqualTo(PlannedRun.Live.EVERYTHING);
    assertThat(live(ROW, OptionalInt.of(0)).from()).isEqualTo(60);
    assertThat(live(ROW, OptionalInt.of(2)).from()).isEqualTo(40);
  }

  @Test
  void aBackfillFollowsOrRepeatsWithoutAGapUpToTheNewestRefresh() {
    assertThat(planner().backfill(20, 60, 100)).isEqualTo(new PlannedRun.Backfill(STAMP, 20, 60));
    assertThat(planner(BACKFILL).backfill(70, 90, 100).from()).isEqualTo(70);
    assertThat(planner(BACKFILL).backfill(40, 60, 200).from()).isEqualTo(40);
    assertThat(planner(BACKFILL).backfill(0, 90, 200).from()).isZero();
  }

  @Test
  void whatIsCoveredAlreadyIsComputedAgainInOneRun() {
    RemainingBackfill rest = planner(BACKFILL).remaining(new Refreshes(0, 120), 200);

    assertThat(rest).isEqualTo(new RemainingBackfill(new Refreshes(0, 120), 0, 60));
    assertThat(rest.isContinued()).isFalse();
    assertThat(rest.chunks(WINDOWED.grid(), lasting(20)))
        .containsExactly(
            new Refreshes(0, 60),
            new Refreshes(70, 80),
            new Refreshes(90, 100),
            new Refreshes(110, 120));
  }

  @Test
  void theSameOrALongerRequestContinuesAfterTheLastChunk() {
    for (long to : new long[] {90, 120}) {
      RemainingBackfill rest = planner(chunk(20, 60, 90)).remaining(new Refreshes(20, to), 200);

      assertThat(rest).isEqualTo(new RemainingBackfill(new Refreshes(20, to), 70, 70));
      assertThat(rest.isContinued()).isTrue();
      assertThat(rest.chunks(WINDOWED.grid(), new ChunkSize.Whole()))
          .containsExactly(new Refreshes(70, to));
    }
  }

  @Test
  void anyOtherRequestStartsAnew() {
    assertThat(planner(chunk(20, 60, 90)).remaining(new Refreshes(30, 90), 200).from())
        .isEqualTo(30);
    assertThat(planner(chunk(20, 60, 90)).remaining(new Refreshes(10, 90), 200).from())
        .isEqualTo(10);
    assertThat(planner(chunk(20, 60, 90)).remaining(new Refreshes(20, 80), 200).from())
        .isEqualTo(20);
    assertThat(planner(chunk(20, 90, 90)).remaining(new Refreshes(20, 90), 200).from())
        .isEqualTo(20);
    assertThat(planner(BACKFILL).remaining(new Refreshes(20, 60), 200).from()).isEqualTo(20);
  }

  @Test
  void anUnfinishedBackfillIsFinishedBeforeItIsPublished() {
    assertThat(planner(chunk(20, 60, 90)).next(500, NONE))
        .isEqualTo(new NextRun.FinishBackfill(new Refreshes(20, 90)));
    assertThat(planner(chunk(20, 60, 60)).next(500, NONE)).isInstanceOf(NextRun.PublishFirst.class);
  }

  @Test
  void aChunkKnowsWhatWasAskedFor() {
    Refreshes asked = new Refreshes(20, 90);

    PlannedRun.Backfill chunk = planner().chunk(asked, new Refreshes(20, 60), 100);

    assertThat(chunk.opened().asked()).isEqualTo(asked);
    assertThat(chunk.committed().isUnfinished()).isTrue();
    assertThatThrownBy(() -> planner(BACKFILL).chunk(asked, new Refreshes(20, 50), 100))
        .isInstanceOf(RunRefusedException.class);
  }

  @Test
  void saysWhenThereIsSomethingToDoNext() {
    assertThat(planner().nextDueAt()).isEmpty();
    assertThat(planner(BACKFILL).nextDueAt()).hasValue(63);
    assertThat(planner(PUBLISHED).nextDueAt()).hasValue(73);
    assertThat(planner(PUBLISHED).next(72, NONE)).isInstanceOf(NextRun.NothingDue.class);
    assertThat(planner(PUBLISHED).next(73, NONE)).isInstanceOf(NextRun.Refresh.class);
  }

  private static ChunkSize lasting(long ticks) {
    return new ChunkSize.Lasting(WINDOWED.grid(), Duration.ofNanos(1_000 * ticks));
  }

  private static Run chunk(long first, long last, long asked) {
    return new Run(
        100,
        Run.Kind.BACKFILL,
        first,
        last,
        OptionalLong.empty(),
        true,
        new Refreshes(first, asked));
  }

  @Test
  void aBackfillMayNotLeaveAGap() {
    assertThatThrownBy(() -> planner(BACKFILL).backfill(80, 90, 100))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("leaves a gap after 1970-01-01T00:00:00.000060Z")
        .hasMessageContaining("expected: from 1970-01-01T00:00:00.000070Z or earlier");
  }

  @Test
  void aRepeatedBackfillMayNotEndBeforeTheNewestRefresh() {
    assertThatThrownBy(() -> planner(BACKFILL).backfill(20, 50, 100))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("expected: to 1970-01-01T00:00:00.000060Z or later");
  }

  @Test
  void noRunReachesIntoTheFuture() {
    assertThatThrownBy(() -> planner().backfill(20, 60, 62))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("is not due at")
        .hasMessageContaining("expected: 1970-01-01T00:00:00.000050Z or earlier");
  }

  @Test
  void whatWasServedIsNotBackfilled() {
    assertThatThrownBy(() -> planner(PUBLISHED).backfill(20, 90, 200))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("is live since the run of 1970-01-01T00:00:00.000100Z")
        .hasMessageContaining("define a new version");
  }

  @Test
  void aBackfillKeepsToTheGrid() {
    assertThatThrownBy(() -> planner().backfill(25, 60, 100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("such as 1970-01-01T00:00:00.000020Z or 1970-01-01T00:00:00.000030Z");
  }

  private static PlannedRun.Live live(ViewTiming timing, OptionalInt lookback) {
    Ledger ledger = new Ledger(timing, List.of(PUBLISHED));
    return ((NextRun.Refresh) new RunPlanner(timing, ledger, STAMP).next(115, lookback)).run();
  }

  private static RunPlanner planner(Run... runs) {
    return new RunPlanner(WINDOWED, new Ledger(WINDOWED, List.of(runs)), STAMP);
  }

  private static Run backfill(long stamp, long from, long to, OptionalLong publishedAt) {
    return new Run(stamp, Run.Kind.BACKFILL, from, to, publishedAt, true);
  }

  private static ViewTiming timing(ViewTiming.Shape shape) {
    return new ViewTiming(
        shape, Duration.ofNanos(10_000), Duration.ofNanos(3_000), Optional.empty());
  }
}
