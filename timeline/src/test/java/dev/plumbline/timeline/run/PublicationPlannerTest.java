package dev.plumbline.timeline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.Marker;
import dev.plumbline.timeline.Refreshes;
import dev.plumbline.timeline.Run;
import dev.plumbline.timeline.ViewTiming;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** One tick is a microsecond; refreshes every 10, planned 3 later. */
class PublicationPlannerTest {
  private static final ViewTiming TIMING =
      new ViewTiming(
          ViewTiming.Shape.WINDOWED,
          Duration.ofNanos(10_000),
          Duration.ofNanos(3_000),
          Optional.empty());
  private static final Run FIRST =
      new Run(100, Run.Kind.BACKFILL, 20, 60, OptionalLong.of(105), true);
  private static final Run SECOND =
      new Run(110, Run.Kind.LIVE, 90, 90, OptionalLong.empty(), false);
  private static final Marker FIRST_MARKER = new Marker(100, 60, 105);

  @Test
  void aBackfillThatWasStoppedIsNotPublished() {
    Run chunk =
        new Run(1, Run.Kind.BACKFILL, 0, 20, OptionalLong.empty(), true, new Refreshes(0, 60));
    PublicationPlanner planner = new PublicationPlanner(TIMING, new Ledger(TIMING, List.of(chunk)));

    assertThatThrownBy(() -> planner.plan(Optional.empty()))
        .isInstanceOf(RunRefusedException.class)
        .hasMessage(
            "its backfill to 1970-01-01T00:00:00.000060Z was stopped at 1970-01-01T00:00:00.000020Z (expected: a whole one); finish it first, which plumb materialize does");
  }

  @Test
  void onlyChangedEntitiesArePushedAfterThePredecessor() {
    assertThat(planner(FIRST, SECOND).plan(Optional.of(FIRST_MARKER)))
        .isEqualTo(new Publication.PushChanged(FIRST_MARKER));
  }

  @Test
  void everyEntityIsPushedAfterAnyOtherMarker() {
    Marker other = new Marker(100, 60, 104);

    assertThat(planner(FIRST, SECOND).plan(Optional.empty()))
        .isEqualTo(new Publication.PushEverything(Optional.empty()));
    assertThat(planner(FIRST, SECOND).plan(Optional.of(other)))
        .isEqualTo(new Publication.PushEverything(Optional.of(other)));
  }

  @Test
  void theFirstPublicationPushesEveryEntity() {
    Run unpublished = new Run(100, Run.Kind.BACKFILL, 20, 60, OptionalLong.empty(), true);

    assertThat(planner(unpublished).plan(Optional.empty()))
        .isEqualTo(new Publication.PushEverything(Optional.empty()));
  }

  @Test
  void aMarkerThatTheLedgerDoesNotKnowIsCopied() {
    Marker shown = new Marker(110, 90, 117);

    assertThat(planner(FIRST, SECOND).plan(Optional.of(shown)))
        .isEqualTo(new Publication.CopyMarker(shown));
  }

  @Test
  void aPublishedRunIsUpToDateOrBroughtBackAsItWas() {
    assertThat(planner(FIRST).plan(Optional.of(FIRST_MARKER)))
        .isEqualTo(new Publication.UpToDate());
    assertThat(planner(FIRST).plan(Optional.empty()))
        .isEqualTo(new Publication.PushEverything(Optional.empty()));
    assertThat(planner(FIRST).marker(500)).isEqualTo(FIRST_MARKER);
  }

  @Test
  void publishedAtIsTheGreatestOfClockPlannedTimeAndPredecessor() {
    assertThat(planner(FIRST, SECOND).marker(120)).isEqualTo(new Marker(110, 90, 120));
    assertThat(planner(FIRST, SECOND).marker(50)).isEqualTo(new Marker(110, 90, 105));
    assertThat(planner(SECOND).marker(50)).isEqualTo(new Marker(110, 90, 93));
  }

  @Test
  void aStoreAheadOfTheLedgerIsAConflict() {
    assertThatThrownBy(() -> planner(FIRST).plan(Optional.of(new Marker(110, 90, 117))))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("the online store shows run 110, which is after 100");
  }

  private static PublicationPlanner planner(Run... runs) {
    return new PublicationPlanner(TIMING, new Ledger(TIMING, List.of(runs)));
  }
}
