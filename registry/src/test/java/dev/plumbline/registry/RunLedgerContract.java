package dev.plumbline.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.yaml.FlightsExample;
import dev.plumbline.failure.ConflictException;
import dev.plumbline.failure.NotFoundException;
import dev.plumbline.registry.LedgerEntry.Phase;
import dev.plumbline.timeline.Refreshes;
import dev.plumbline.timeline.Run;
import dev.plumbline.timeline.Run.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a ledger promises, on whichever database. */
abstract class RunLedgerContract {
  private static final ViewId VIEW = new ViewId("airport_departures", 1);

  private RunLedger ledger;

  /** The same database of one test, opened anew. */
  abstract MetadataDatabase open();

  @BeforeEach
  void apply() {
    new RevisionRegistry(open(), "flights", InstantSource.fixed(Instant.EPOCH))
        .apply(FlightsExample.revision());
    ledger = reopened();
  }

  /** As another process would find it after this one was killed. */
  private RunLedger reopened() {
    return new RunLedger(open(), "flights");
  }

  private static Run backfill(long stamp, long first, long last) {
    return new Run(stamp, Kind.BACKFILL, first, last, OptionalLong.empty(), false);
  }

  private static Run live(long stamp, long refresh) {
    return new Run(stamp, Kind.LIVE, refresh, refresh, OptionalLong.empty(), false);
  }

  @Test
  void findsARunThatWasKilledBeforeItsCommit() {
    ledger.open(VIEW, live(5, 100));

    LedgerEntry found = reopened().unfinished(VIEW).orElseThrow();

    assertThat(found).isEqualTo(new LedgerEntry(live(5, 100), Phase.OPEN, OptionalLong.empty()));
    assertThat(reopened().runs(VIEW)).isEmpty();
  }

  @Test
  void findsARunThatWasKilledBeforeItsPushEnded() {
    ledger.open(VIEW, live(5, 100));
    ledger.committed(VIEW, 5, 42);

    LedgerEntry found = reopened().unfinished(VIEW).orElseThrow();

    assertThat(found.phase()).isEqualTo(Phase.COMMITTED);
    assertThat(found.rows()).hasValue(42);
    assertThat(reopened().runs(VIEW)).containsExactly(live(5, 100));
  }

  @Test
  void closesALiveRunWhenItsPushHasEnded() {
    ledger.open(VIEW, live(5, 100));
    ledger.committed(VIEW, 5, 42);

    ledger.published(VIEW, 5, 130);

    assertThat(reopened().unfinished(VIEW)).isEmpty();
    assertThat(reopened().runs(VIEW))
        .containsExactly(new Run(5, Kind.LIVE, 100, 100, OptionalLong.of(130), true));
  }

  @Test
  void closesABackfillWithItsCommit() {
    ledger.open(VIEW, backfill(5, 10, 100));

    LedgerEntry entry = ledger.committed(VIEW, 5, 7);

    assertThat(entry.phase()).isEqualTo(Phase.CLOSED);
    assertThat(entry.run().publishedAt()).isEmpty();
  }

  @Test
  void recordsTheFirstPublicationOnTheLastBackfill() {
    ledger.open(VIEW, backfill(5, 10, 50));
    ledger.committed(VIEW, 5, 7);
    ledger.open(VIEW, backfill(6, 60, 100));
    ledger.committed(VIEW, 6, 7);

    ledger.published(VIEW, 6, 130);

    assertThat(reopened().runs(VIEW))
        .extracting(Run::publishedAt)
        .containsExactly(OptionalLong.empty(), OptionalLong.of(130));
    assertThatThrownBy(() -> ledger.published(VIEW, 5, 140))
        .isInstanceOf(ConflictException.class)
        .hasMessage("run 5 of view 'airport_departures@1' is not the last one; publish that");
  }

  @Test
  void doesNothingWhenAStepIsTakenAgain() {
    ledger.open(VIEW, live(5, 100));
    ledger.committed(VIEW, 5, 42);
    ledger.published(VIEW, 5, 130);

    ledger.committed(VIEW, 5, 99);
    LedgerEntry again = ledger.published(VIEW, 5, 130);

    assertThat(again.rows()).hasValue(42);
    assertThatThrownBy(() -> ledger.published(VIEW, 5, 131))
        .hasMessage(
            "run 5 of view 'airport_departures@1' was published at 130 already (not at 131)");
  }

  @Test
  void remembersWhatWasAskedForWithAChunk() {
    Run chunk =
        new Run(5, Kind.BACKFILL, 10, 50, OptionalLong.empty(), false, new Refreshes(10, 100));
    ledger.open(VIEW, chunk);

    ledger.committed(VIEW, 5, 7);

    Run found = reopened().runs(VIEW).get(0);
    assertThat(found.asked()).isEqualTo(new Refreshes(10, 100));
    assertThat(found.isUnfinished()).isTrue();
  }

  @Test
  void remembersHowLongARunTook() {
    RunTime time = new RunTime(Instant.EPOCH, Instant.EPOCH, Duration.ofMillis(1_500));
    ledger.open(VIEW, live(5, 100));

    ledger.committed(VIEW, 5, 7, time);

    assertThat(reopened().times(VIEW)).isEqualTo(Map.of(5L, time));
  }

  @Test
  void refusesABackfillOnceLive() {
    ledger.open(VIEW, live(5, 100));
    ledger.committed(VIEW, 5, 42);
    ledger.published(VIEW, 5, 130);

    assertThatThrownBy(() -> ledger.open(VIEW, backfill(6, 10, 90)))
        .isInstanceOf(ConflictException.class)
        .hasMessage(
            "view 'airport_departures@1' is live, and what was served stays as it was; to rebuild its history, make a new version");
  }

  @Test
  void refusesASecondRunBesideAnUnfinishedOne() {
    ledger.open(VIEW, live(5, 100));

    assertThatThrownBy(() -> ledger.open(VIEW, live(6, 200)))
        .isInstanceOf(ConflictException.class)
        .hasMessage(
            "run 5 of view 'airport_departures@1' is unfinished (OPEN); finish it before another begins");
  }

  @Test
  void refusesAPublicationBeforeTheCommitOrBeforeTheLastOne() {
    ledger.open(VIEW, live(5, 100));
    assertThatThrownBy(() -> ledger.published(VIEW, 5, 130))
        .hasMessage(
            "run 5 of view 'airport_departures@1' has not committed; nothing of it can be published");
    ledger.committed(VIEW, 5, 42);
    ledger.published(VIEW, 5, 130);
    ledger.open(VIEW, live(6, 200));
    ledger.committed(VIEW, 6, 1);

    assertThatThrownBy(() -> ledger.published(VIEW, 6, 120))
        .hasMessage(
            "run 6 of view 'airport_departures@1' published at 120 (expected: not before 130, when the run before was)");
  }

  @Test
  void removesARunThatNeverCommittedAsIfItHadNotBeen() {
    ledger.open(VIEW, live(5, 100));

    ledger.remove(VIEW, 5);

    assertThat(reopened().entries(VIEW)).isEmpty();
    assertThat(reopened().nextStamp(VIEW, 3)).isEqualTo(3);
    assertThat(ledger.open(VIEW, live(5, 100)).run().stamp()).isEqualTo(5);
  }

  @Test
  void doesNotRemoveARunThatCommitted() {
    ledger.open(VIEW, live(5, 100));
    ledger.committed(VIEW, 5, 42);

    assertThatThrownBy(() -> ledger.remove(VIEW, 5))
        .isInstanceOf(ConflictException.class)
        .hasMessage(
            "run 5 of view 'airport_departures@1' has committed rows; it stays in the ledger");
  }

  @Test
  void letsOneOfManyOpenTheNextRun() throws Exception {
    List<String> outcomes =
        AtOnce.call(
            8,
            each -> {
              try {
                return "opened " + reopened().open(VIEW, live(5 + each, 100)).run().stamp();
              } catch (ConflictException e) {
                return "refused";
              }
            });

    String opened = "opened " + ledger.unfinished(VIEW).orElseThrow().run().stamp();
    assertThat(outcomes).filteredOn("refused"::equals).hasSize(7);
    assertThat(outcomes).contains(opened);
  }

  @Test
  void keepsViewsApart() {
    ledger.open(VIEW, live(5, 100));

    assertThat(ledger.entries(new ViewId("route_departures", 1))).isEmpty();
    assertThat(ledger.nextStamp(new ViewId("route_departures", 1), 3)).isEqualTo(3);
  }

  @Test
  void knowsOnlyViewsThatWereApplied() {
    assertThatThrownBy(() -> ledger.open(new ViewId("airport_departures", 2), live(5, 100)))
        .isInstanceOf(NotFoundException.class)
        .hasMessage(
            "view 'airport_departures@2' is in no applied revision of project 'flights'; run plumb apply");
  }
}
