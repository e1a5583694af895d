package dev.plumbline.timeline.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.timeline.Event;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.RowTime;
import dev.plumbline.timeline.ViewTiming;
import dev.plumbline.timeline.history.Scenario;
import dev.plumbline.timeline.history.SourceRow;
import dev.plumbline.timeline.run.PlannedRun;
import dev.plumbline.timeline.window.AggregateFunction;
import dev.plumbline.timeline.window.NaiveWindows;
import dev.plumbline.timeline.window.WindowedFeature;
import dev.plumbline.type.Bytes;
import dev.plumbline.type.DataType.Primitive;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What runs write; the definition itself is checked run by run in the histories. */
class ChangeLogTest {
  private static final long LAG = 3;

  @Test
  void withArrivalTimesABackfillEqualsThePunctualLiveRunsRowForRow() {
    for (long seed = 0; seed < 1_000; seed++) {
      Scenario scenario = Scenario.random(new Random(seed));
      if (scenario.arrivals()) {
        List<FeatureRow> backfilled = backfill(scenario, -100, 300, () -> 500);

        List<FeatureRow> live = punctualLive(scenario, -100, 300);

        assertThat(unstamped(live)).as("seed %d", seed).isEqualTo(unstamped(backfilled));
      }
    }
  }

  @Test
  void aBackfillInAnyChunksEqualsOneBackfill() {
    for (long seed = 0; seed < 1_000; seed++) {
      Random random = new Random(seed);
      Scenario scenario = Scenario.random(random);
      List<FeatureRow> whole = backfill(scenario, -100, 300, () -> 1 << 20);

      List<FeatureRow> chunked = backfill(scenario, -100, 300, () -> 10L * random.nextInt(12));

      assertThat(unstamped(chunked)).as("seed %d", seed).isEqualTo(unstamped(whole));
    }
  }

  @Test
  void writesAgainWhereAnOldRowWouldShowThrough() {
    List<FeatureRow> log = List.of(row(20, 20 + LAG, 1, 7L));

    List<FeatureRow> written =
        windowed(new PlannedRun.Backfill(2, 10, 30), List.of(event(5, 1)), log);

    assertThat(written).containsExactly(row(10, 10 + LAG, 2, 1L), row(20, 20 + LAG, 2, 1L));
  }

  @Test
  void anEntityThatVanishedLeavesATombstone() {
    List<FeatureRow> log = List.of(row(20, 20 + LAG, 1, 7L));

    List<FeatureRow> written = windowed(new PlannedRun.Live(2, 30, 30), List.of(), log);

    assertThat(written).containsExactly(FeatureRow.tombstone(new RowTime(30, 30 + LAG, 2)));
  }

  @Test
  void aTombstoneIsNotRepeated() {
    List<FeatureRow> log =
        List.of(row(10, 10 + LAG, 1, 7L), FeatureRow.tombstone(new RowTime(20, 20 + LAG, 1)));

    assertThat(windowed(new PlannedRun.Live(2, 10 + 10, 30), List.of(), log)).isEmpty();
  }

  @Test
  void aCorrectionMayRepeatTheValueBeforeIt() {
    List<FeatureRow> log = List.of(row(20, 20 + LAG, 1, 2L));

    List<FeatureRow> written =
        windowed(new PlannedRun.Live(2, 10, 30), List.of(event(5, 1), event(6, 1)), log);

    assertThat(written).containsExactly(row(10, 30 + LAG, 2, 2L));
  }

  @Test
  void aWindowOverAllReadsTheSourceFromItsBeginningAndKeepsTheEntityAlive() {
    ChangeLog changes =
        new WindowedChangeLog(
            timing(ViewTiming.Shape.WINDOWED), List.of(count(10), count(WindowedFeature.ALL)));
    PlannedRun run = new PlannedRun.Backfill(1, -100, 1_000_000);
    List<FeatureRow> written = new ArrayList<>();

    changes.write(run, List.of(event(5, 1)), List.of(), written::add);

    assertThat(changes.firstEventTime(run)).isEqualTo(Long.MIN_VALUE);
    assertThat(written).containsExactly(row(10, 10 + LAG, 1, 1L, 1L), row(20, 20 + LAG, 1, 0L, 1L));
  }

  @Test
  void rowsBeforeTheFirstRefreshKeepTheirOwnPlannedTime() {
    List<FeatureRow> written =
        rowView(new PlannedRun.Backfill(1, 1_000, 1_000), List.of(event(5, 1)), List.of());

    assertThat(written).containsExactly(row(5, 10 + LAG, 1, 1L));
  }

  @Test
  void theGreatestArrivalDecidesWhatAnEventTimeSays() {
    Event early = new Event(5, 6, Bytes.copyOf(new byte[] {9}), List.of(1L));
    Event late = new Event(5, 27, Bytes.copyOf(new byte[] {1}), List.of(2L));

    List<FeatureRow> written =
        rowView(new PlannedRun.Backfill(1, 0, 100), List.of(late, early), List.of());

    assertThat(written).containsExactly(row(5, 10 + LAG, 1, 1L), row(5, 30 + LAG, 1, 2L));
  }

  @Test
  void aRowGoneFromTheSourceLeavesATombstoneAtItsEventTime() {
    List<FeatureRow> log = List.of(row(5, 10 + LAG, 1, 1L), row(15, 20 + LAG, 1, 2L));

    List<FeatureRow> written =
        rowView(new PlannedRun.Live(2, PlannedRun.Live.EVERYTHING, 40), List.of(event(5, 1)), log);

    assertThat(written).containsExactly(FeatureRow.tombstone(new RowTime(15, 40 + LAG, 2)));
  }

  @Test
  void aLookbackBoundsHowLateARowMayBe() {
    List<FeatureRow> log = List.of(row(5, 10 + LAG, 1, 1L));

    List<FeatureRow> written =
        rowView(new PlannedRun.Live(2, 20, 40), List.of(event(19, 1), event(20, 2)), log);

    assertThat(written).containsExactly(row(20, 40 + LAG, 2, 2L));
  }

  @Test
  void tellsWhatTheNewestRefreshSeesWhetherOrNotItIsNew() {
    for (long seed = 0; seed < 1_000; seed++) {
      Random random = new Random(seed);
      Scenario scenario = Scenario.random(random);
      List<FeatureRow> log = backfill(scenario, -100, 50, () -> 500);
      long refresh = 60 + scenario.timing().grid().step() * random.nextInt(20);
      PlannedRun run =
          random.nextBoolean()
              ? new PlannedRun.Backfill(refresh, 60, refresh)
              : new PlannedRun.Live(refresh, 40, refresh);
      List<Event> events = events(scenario);
      Seen seen = new Seen();

      changeLog(scenario).write(run, events, log, seen);

      if (scenario.isWindowed()) {
        List<@Nullable Object> values =
            new NaiveWindows(scenario.features()).values(events, refresh, refresh);
        assertThat(seen.alive)
            .as("seed %d", seed)
            .isEqualTo(values == null ? List.of() : List.of(values));
      } else {
        long from = run instanceof PlannedRun.Live ? 40 : Long.MIN_VALUE;
        assertThat(seen.rows)
            .as("seed %d", seed)
            .isSortedAccordingTo(Comparator.comparingLong(Event::eventTime))
            .containsExactlyInAnyOrderElementsOf(
                events.stream()
                    .filter(row -> row.seenAfter() < refresh && row.eventTime() >= from)
                    .toList());
      }
    }
  }

  /** Remembers what a refresh sees. */
  private static final class Seen implements ChangeLog.Output {
    private final List<List<@Nullable Object>> alive = new ArrayList<>();
    private final List<Event> rows = new ArrayList<>();

    @Override
    public void write(FeatureRow row) {}

    @Override
    public void alive(List<@Nullable Object> values) {
      alive.add(values);
    }

    @Override
    public void sees(Event row) {
      rows.add(row);
    }
  }

  /** In chunks of these lengths, drawn one after the other. */
  private static List<FeatureRow> backfill(
      Scenario scenario, long from, long to, LongSupplier lengths) {
    List<FeatureRow> log = new ArrayList<>();
    long step = scenario.timing().grid().step();
    long last = from - step;
    while (last < to) {
      long first = last + step;
      last = Math.min(first + lengths.getAsLong(), to);
      write(scenario, new PlannedRun.Backfill(first, first, last), log);
    }
    return log;
  }

  private static List<FeatureRow> punctualLive(Scenario scenario, long from, long to) {
    List<FeatureRow> log = new ArrayList<>();
    for (long g = from; g <= to; g += scenario.timing().grid().step()) {
      long reach = scenario.isWindowed() ? g : PlannedRun.Live.EVERYTHING;
      write(scenario, new PlannedRun.Live(g, reach, g), log);
    }
    return log;
  }

  /** As if the source held all its rows from the start, so that only arrival times cut them off. */
  private static void write(Scenario scenario, PlannedRun run, List<FeatureRow> log) {
    List<FeatureRow> written = new ArrayList<>();
    changeLog(scenario).write(run, events(scenario), log, written::add);
    log.addAll(written);
  }

  private static ChangeLog changeLog(Scenario scenario) {
    return scenario.isWindowed()
        ? new WindowedChangeLog(scenario.timing(), scenario.features())
        : new RowViewChangeLog(scenario.timing());
  }

  private static List<Event> events(Scenario scenario) {
    return scenario.source().stream()
        .filter(row -> row.entity().equals(Scenario.ENTITIES.get(0)))
        .map(SourceRow::event)
        .toList();
  }

  private static List<FeatureRow> unstamped(List<FeatureRow> log) {
    return log.stream()
        .map(
            r ->
                new FeatureRow(
                    new RowTime(r.time().eventTime(), r.time().availableAt(), 0), r.values()))
        .sorted(Comparator.comparing(FeatureRow::time))
        .toList();
  }

  private static List<FeatureRow> windowed(
      PlannedRun run, List<Event> events, List<FeatureRow> log) {
    List<FeatureRow> written = new ArrayList<>();
    new WindowedChangeLog(timing(ViewTiming.Shape.WINDOWED), List.of(count(1_000)))
        .write(run, events, log, written::add);
    return written;
  }

  private static WindowedFeature count(long window) {
    return new WindowedFeature(
        "count", AggregateFunction.COUNT, OptionalInt.empty(), Primitive.BIGINT, window);
  }

  private static List<FeatureRow> rowView(
      PlannedRun run, List<Event> events, List<FeatureRow> log) {
    List<FeatureRow> written = new ArrayList<>();
    new RowViewChangeLog(timing(ViewTiming.Shape.ROW)).write(run, events, log, written::add);
    return written;
  }

  private static ViewTiming timing(ViewTiming.Shape shape) {
    return new ViewTiming(
        shape, Duration.ofNanos(10_000), Duration.ofNanos(1_000 * LAG), Optional.empty());
  }

  private static Event event(long eventTime, long value) {
    return new Event(
        eventTime, Event.NO_ARRIVAL, Bytes.copyOf(new byte[] {(byte) value}), List.of(value));
  }

  private static FeatureRow row(
      long eventTime, long availableAt, long createdAt, @Nullable Object... values) {
    return new FeatureRow(new RowTime(eventTime, availableAt, createdAt), Arrays.asList(values));
  }
}
