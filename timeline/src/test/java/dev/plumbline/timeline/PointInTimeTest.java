package dev.plumbline.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Equality with the definition is checked in the histories; one tick is a microsecond. */
class PointInTimeTest {
  private static final Ledger LEDGER =
      new Ledger(
          new ViewTiming(
              ViewTiming.Shape.WINDOWED,
              Duration.ofNanos(10_000),
              Duration.ofNanos(3_000),
              Optional.empty()),
          List.of(
              new Run(100, Run.Kind.BACKFILL, 10, 60, OptionalLong.of(101), true),
              new Run(110, Run.Kind.LIVE, 90, 90, OptionalLong.of(117), true),
              new Run(130, Run.Kind.LIVE, 120, 120, OptionalLong.empty(), false)));

  @Test
  void anInstantSeesTheNewestOfTheRowsVisibleByThen() {
    EntityLookUp<String> newest =
        new EntityLookUp<>(new long[] {12, 13, 116, 117, 500}, LEDGER.visibility());

    newest.add(new RowTime(90, 93, 110), "live");
    newest.add(new RowTime(120, 123, 130), "unpublished");
    newest.add(new RowTime(10, 13, 100), "first");
    newest.add(new RowTime(20, 23, 100), "second");
    newest.resolve();

    assertThat(newest.isFound(0)).isFalse();
    assertThat(newest.payload(1)).isEqualTo("first");
    assertThat(newest.payload(2)).isEqualTo("second");
    assertThat(newest.payload(3)).isEqualTo("live");
    assertThat(newest.time(4)).isEqualTo(new RowTime(90, 93, 110));
  }

  @Test
  void aRowVisibleLaterMayBeOlder() {
    EntityLookUp<String> newest = new EntityLookUp<>(new long[] {25, 120}, LEDGER.visibility());

    newest.add(new RowTime(20, 23, 100), "newer");
    newest.add(new RowTime(10, 93, 110), "correction of an earlier refresh");
    newest.resolve();

    assertThat(newest.payload(1)).isEqualTo("newer");
  }

  @Test
  void rowsOfRunsBeyondTheLogPositionAreNotSeen() {
    EntityLookUp<String> newest = new EntityLookUp<>(new long[] {500}, LEDGER.visibility());

    newest.add(new RowTime(10, 13, 99), "of no run");
    newest.resolve();

    assertThat(newest.isFound(0)).isFalse();
  }
}
