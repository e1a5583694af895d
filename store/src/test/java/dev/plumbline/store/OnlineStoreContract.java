package dev.plumbline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.store.OnlineStore.Lookup;
import dev.plumbline.store.OnlineStore.PublishedRevision;
import dev.plumbline.store.Reading.Found.Absent;
import dev.plumbline.store.Reading.Found.Present;
import dev.plumbline.store.Reading.Found.Unreadable;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.Marker;
import dev.plumbline.timeline.RowTime;
import dev.plumbline.type.Bytes;
import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import dev.plumbline.type.Micros;
import dev.plumbline.type.ValueBytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What every online store promises. Each test has a project of its own, so a store can be shared.
 */
abstract class OnlineStoreContract {
  static final Instant NOW = Instant.parse("2001-06-01T12:00:00Z");
  private static final Marker FIRST = new Marker(100, 10, 110);
  private static final Marker SECOND = new Marker(200, 20, 210);

  final String project = "p" + UUID.randomUUID().toString().replace("-", "");
  final OnlineView view = view(project, 1);
  OnlineStore store;

  /** A store that gives lifetimes by {@code clock}; closed after the test. */
  abstract OnlineStore open(InstantSource clock);

  /** Puts bytes there past the store. */
  abstract void put(byte[] key, byte[] value);

  /** How long what lies under {@code key} will still be there; empty: for ever. */
  abstract Optional<Duration> timeToLive(byte[] key);

  /** Under which keys the view's marker lies. */
  List<byte[]> markerKeys(OnlineView of) {
    return List.of(new RecordKeys(of).marker());
  }

  @BeforeEach
  void openStore() {
    store = open(InstantSource.fixed(NOW));
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void readsNothingBeforeAnythingWasWritten() {
    Reading reading = read(view, key("a"));

    assertThat(reading.marker()).isEmpty();
    assertThat(reading.records()).containsExactly(new Absent());
  }

  @Test
  void readsWhatWasWritten() {
    FeatureRow row = row(3, 4, 5, 7L);

    int written = store.write(view, List.of(new OnlineRecord(key("a"), row)));

    assertThat(written).isEqualTo(1);
    assertThat(read(view, key("a")).records()).containsExactly(new Present(row));
  }

  @Test
  void readsRecordsBeforeThereIsAMarker() {
    FeatureRow row = row(3, 4, 5, 7L);
    store.write(view, List.of(new OnlineRecord(key("a"), row)));

    Reading reading = read(view, key("a"), key("b"));

    assertThat(reading.marker()).isEmpty();
    assertThat(reading.records()).containsExactly(new Present(row), new Absent());
  }

  @ParameterizedTest
  @CsvSource({
    "3, 4, 5, 0",
    "3, 4, 4, 0",
    "3, 4, 6, 1",
    "3, 3, 9, 0",
    "3, 5, 0, 1",
    "2, 9, 9, 0",
    "4, 0, 0, 1",
    "-1, 9, 9, 0",
    "3, -1, 9, 0",
    "3, 4, -1, 0",
    "9223372036854775807, 0, 0, 1",
    "-9223372036854775808, 0, 0, 0",
    "4294967299, 4, 5, 1",
    "3, 4294967300, 0, 1",
  })
  void keepsTheNewestOfTwo(long event, long available, long created, int expected) {
    FeatureRow held = row(3, 4, 5, 1L);
    FeatureRow other = row(event, available, created, 2L);
    write(held);

    int written = write(other);

    assertThat(written).isEqualTo(expected);
    assertThat(stored()).isEqualTo(written == 1 ? other : held);
  }

  @ParameterizedTest
  @CsvSource({
    "-9223372036854775808, -1",
    "-1, 0",
    "-4294967296, -1",
    "0, 9223372036854775807",
    "-4294967297, -4294967296",
    "9007199254740992, 9007199254740993",
    "-9007199254740993, -9007199254740992",
    "2147483647, 2147483648",
    "4294967295, 4294967296",
    "0, 1",
    "255, 256",
    "65535, 65536",
    "16777215, 16777216",
    "281474976710655, 281474976710656",
    "-281474976710657, -281474976710656",
  })
  void comparesTimesAsIntegersOfSixtyFourBits(long older, long newer) {
    for (RowTimes times : RowTimes.values()) {
      Bytes key = key(times.name());
      FeatureRow first = new FeatureRow(times.at(older), List.of(1L, "first"));
      FeatureRow second = new FeatureRow(times.at(newer), List.of(2L, "second"));

      assertThat(store.write(view, List.of(new OnlineRecord(key, first)))).isOne();
      assertThat(store.write(view, List.of(new OnlineRecord(key, second)))).isOne();
      assertThat(store.write(view, List.of(new OnlineRecord(key, first)))).isZero();

      assertThat(read(view, key).records()).containsExactly(new Present(second));
    }
  }

  /** In which of the three times two rows differ; the last knows no instants beyond its stamps. */
  private enum RowTimes {
    EVENT,
    AVAILABLE,
    CREATED;

    private static final long FIRST_STAMP = Micros.of(RunStamp.FIRST);
    private static final long LAST_STAMP = Micros.of(RunStamp.LAST);

    RowTime at(long micros) {
      return new RowTime(
          this == EVENT ? micros : -7,
          this == AVAILABLE ? micros : -8,
          this == CREATED ? Math.max(FIRST_STAMP, Math.min(LAST_STAMP, micros)) : -9);
    }
  }

  @Test
  void comparesTimesWhateverFlagsStandBeforeThem() {
    List<FeatureRow> rows =
        List.of(
            row(1, 1, 1, 1L),
            new FeatureRow(new RowTime(1, 1, 2), Arrays.asList(null, "with a null")),
            FeatureRow.tombstone(new RowTime(1, 1, 3)),
            row(1, 1, 4, 1L),
            FeatureRow.tombstone(new RowTime(1, 2, 0)),
            new FeatureRow(new RowTime(2, 0, 0), Arrays.asList(2L, null)));

    for (FeatureRow held : rows) {
      for (FeatureRow other : rows) {
        store.replace(view, List.of(new OnlineRecord(key("a"), held)));

        assertThat(write(other)).isEqualTo(rows.indexOf(other) > rows.indexOf(held) ? 1 : 0);
      }
    }
  }

  @Test
  void doesNothingWithARowOfTheSameTime() {
    write(row(3, 4, 5, 1L));

    int written = write(row(3, 4, 5, 2L));

    assertThat(written).isZero();
    assertThat(stored()).isEqualTo(row(3, 4, 5, 1L));
  }

  @Test
  void countsWhatItWroteOfAMixedBatch() {
    store.write(
        view,
        List.of(
            new OnlineRecord(key("a"), row(5, 5, 5, 1L)),
            new OnlineRecord(key("b"), row(5, 5, 5, 1L))));

    int written =
        store.write(
            view,
            List.of(
                new OnlineRecord(key("a"), row(4, 5, 5, 2L)),
                new OnlineRecord(key("b"), row(6, 5, 5, 2L)),
                new OnlineRecord(key("c"), row(1, 1, 1, 2L)),
                new OnlineRecord(key("c"), row(2, 1, 1, 3L)),
                new OnlineRecord(key("c"), row(1, 2, 1, 4L))));

    assertThat(written).isEqualTo(3);
    assertThat(read(view, key("a"), key("b"), key("c")).records())
        .containsExactly(
            new Present(row(5, 5, 5, 1L)),
            new Present(row(6, 5, 5, 2L)),
            new Present(row(2, 1, 1, 3L)));
  }

  @Test
  void writesWhereSomeAreHeldAndSomeAreNotWithTheirLifetimes() {
    FeatureRow gone = FeatureRow.tombstone(new RowTime(5, 5, 5));
    store.write(view, List.of(new OnlineRecord(key("c"), row(6, 5, 5, 1L))));

    int written =
        store.write(
            view,
            List.of(
                new OnlineRecord(key("a"), gone),
                new OnlineRecord(key("b"), gone),
                new OnlineRecord(key("c"), gone),
                new OnlineRecord(key("d"), row(5, 5, 5, 2L)),
                new OnlineRecord(key("e"), row(5, 5, 5, 2L))));

    assertThat(written).isEqualTo(4);
    assertThat(read(view, key("a"), key("b"), key("c"), key("d"), key("e")).records())
        .containsExactly(
            new Present(gone),
            new Present(gone),
            new Present(row(6, 5, 5, 1L)),
            new Present(row(5, 5, 5, 2L)),
            new Present(row(5, 5, 5, 2L)));
    RecordKeys keys = new RecordKeys(view);
    assertThat(timeToLive(keys.of(key("b")))).hasValueSatisfying(near(Duration.ofDays(7)));
    assertThat(timeToLive(keys.of(key("e")))).isEmpty();
  }

  @Test
  void writesNothingForNoRecords() {
    assertThat(store.write(view, List.of())).isZero();
  }

  @Test
  void keepsTombstonesAsRows() {
    write(row(3, 4, 5, 1L));
    FeatureRow tombstone = FeatureRow.tombstone(new RowTime(4, 4, 6));

    assertThat(write(tombstone)).isOne();
    assertThat(write(row(3, 9, 9, 2L))).isZero();

    assertThat(stored()).isEqualTo(tombstone);
  }

  @Test
  void keepsNullsApartFromValues() {
    FeatureRow row = new FeatureRow(new RowTime(1, 2, 3), Collections.nCopies(2, null));

    write(row);

    assertThat(stored()).isEqualTo(row);
  }

  @Test
  void readsInTheOrderAskedForAndTwiceWhatIsAskedForTwice() {
    Present a = new Present(row(1, 1, 1, 1L));
    Present b = new Present(row(1, 1, 1, 2L));
    store.write(
        view, List.of(new OnlineRecord(key("a"), a.row()), new OnlineRecord(key("b"), b.row())));

    Reading reading = read(view, key("b"), key("x"), key("a"), key("b"), key("x"));

    assertThat(reading.records()).containsExactly(b, new Absent(), a, b, new Absent());
  }

  @Test
  void answersEachLookupUnderItsOwnMarker() {
    OnlineView other = view(project, 2);
    store.write(view, List.of(new OnlineRecord(key("a"), row(1, 1, 1, 1L))));
    store.write(other, List.of(new OnlineRecord(key("a"), row(2, 2, 2, 2L))));
    store.advance(other, Optional.empty(), SECOND);

    List<Reading> readings =
        read(
            List.of(
                new Lookup(other, List.of(key("a"), key("b"))),
                new Lookup(view, List.of()),
                new Lookup(view, List.of(key("a"))),
                new Lookup(other, List.of(key("b")))));

    assertThat(readings)
        .containsExactly(
            new Reading(Optional.of(SECOND), List.of(new Present(row(2, 2, 2, 2L)), new Absent())),
            new Reading(Optional.empty(), List.of()),
            new Reading(Optional.empty(), List.of(new Present(row(1, 1, 1, 1L)))),
            new Reading(Optional.of(SECOND), List.of(new Absent())));
  }

  @Test
  void answersNoLookupsWithNoReadings() {
    assertThat(read(List.of())).isEmpty();
  }

  @Test
  void answersManyLookupsAtOnce() {
    List<OnlineView> views = IntStream.range(0, 40).mapToObj(id -> view(project, id)).toList();
    for (OnlineView each : views) {
      store.write(each, List.of(new OnlineRecord(key("a"), row(1, 1, 1, (long) each.shortId()))));
    }

    List<Reading> readings =
        read(views.stream().map(each -> new Lookup(each, List.of(key("a")))).toList());

    assertThat(readings)
        .extracting(reading -> reading.records().get(0))
        .containsExactlyElementsOf(
            views.stream().map(v -> new Present(row(1, 1, 1, (long) v.shortId()))).toList());
  }

  @Test
  void movesTheMarkerOnlyFromTheOneExpected() {
    assertThat(store.marker(view)).isEmpty();
    assertThat(store.advance(view, Optional.of(FIRST), SECOND)).isFalse();
    assertThat(store.marker(view)).isEmpty();

    assertThat(store.advance(view, Optional.empty(), FIRST)).isTrue();
    assertThat(store.advance(view, Optional.empty(), SECOND)).isFalse();
    assertThat(store.marker(view)).contains(FIRST);

    assertThat(store.advance(view, Optional.of(FIRST), SECOND)).isTrue();
    assertThat(store.advance(view, Optional.of(FIRST), SECOND)).isFalse();
    assertThat(store.marker(view)).contains(SECOND);
    assertThat(read(view, key("a")).marker()).contains(SECOND);
  }

  @Test
  void keepsMarkersOfAnyTime() {
    Marker extreme = new Marker(Long.MIN_VALUE, -1, Long.MAX_VALUE);

    store.advance(view, Optional.empty(), extreme);

    assertThat(store.marker(view)).contains(extreme);
  }

  @Test
  void takesABrokenMarkerForNone() {
    markerKeys(view).forEach(key -> put(key, new byte[] {1, 2, 3}));

    assertThat(store.marker(view)).isEmpty();
    assertThat(read(view, key("a")).marker()).isEmpty();
    assertThat(store.advance(view, Optional.empty(), FIRST)).isTrue();
    assertThat(store.marker(view)).contains(FIRST);
  }

  @Test
  void saysWhyBytesAreUnreadable() {
    RecordKeys keys = new RecordKeys(view);
    put(keys.of(key("short")), new byte[] {1});
    put(keys.of(key("empty")), new byte[0]);
    put(
        keys.of(key("text")),
        "a value of somebody else, and not a short one".getBytes(StandardCharsets.UTF_8));
    put(keys.of(key("moved")), new RecordCodec(view).encode(keys.of(key("a")), row(1, 1, 1, 1L)));

    Reading reading = read(view, key("short"), key("empty"), key("text"), key("moved"));

    assertThat(reading.records())
        .hasOnlyElementsOfType(Unreadable.class)
        .map(found -> ((Unreadable) found).reason())
        .satisfiesExactly(
            reason -> assertThat(reason).isEqualTo("1 bytes (expected: at least 5)"),
            reason -> assertThat(reason).isEqualTo("0 bytes (expected: at least 5)"),
            reason -> assertThat(reason).isEqualTo("format 33 (expected: 1)"),
            reason -> assertThat(reason).startsWith("checksum "));
  }

  @Test
  void replacesBytesThatAreNoRecord() {
    byte[] key = new RecordKeys(view).of(key("a"));
    for (String foreign : List.of("", "x", "a value of somebody else, and not a short one")) {
      put(key, foreign.getBytes(StandardCharsets.UTF_8));

      assertThat(write(row(-5, 0, 0, 1L))).isOne();

      assertThat(stored()).isEqualTo(row(-5, 0, 0, 1L));
    }
  }

  @Test
  void servesTwoVersionsSideBySide() {
    OnlineView next =
        new OnlineView(
            project,
            2,
            "airport",
            view.keyTypes(),
            List.of(new Field("late_share", Primitive.DOUBLE)),
            Optional.empty());
    FeatureRow old = row(9, 9, 9, 1L);
    FeatureRow young = new FeatureRow(new RowTime(1, 1, 1), List.of(0.5));
    store.write(view, List.of(new OnlineRecord(key("a"), old)));
    store.write(next, List.of(new OnlineRecord(key("a"), young)));
    store.advance(next, Optional.empty(), FIRST);

    List<Reading> readings =
        read(List.of(new Lookup(view, List.of(key("a"))), new Lookup(next, List.of(key("a")))));

    assertThat(readings)
        .containsExactly(
            new Reading(Optional.empty(), List.of(new Present(old))),
            new Reading(Optional.of(FIRST), List.of(new Present(young))));
  }

  @Test
  void listsAndDeletesTheRecordsOfOneViewOnly() {
    OnlineView other = view(project, 11);
    OnlineView foreign = view(project + "x", 1);
    Bytes awkward = key("}:1|}{*?[a]\\\u0000\n");
    store.write(view, records(List.of(key("a"), key("b"), awkward)));
    store.write(other, records(List.of(key("a"), key("c"))));
    store.write(foreign, records(List.of(key("d"))));
    store.advance(view, Optional.empty(), FIRST);
    store.publishRevision(project, new PublishedRevision("f", "{}"));

    assertThat(entityKeys(view)).containsExactlyInAnyOrder(key("a"), key("b"), awkward);
    store.delete(view, List.of(key("a"), awkward, key("never")));
    store.delete(view, List.of());

    assertThat(entityKeys(view)).containsExactly(key("b"));
    assertThat(entityKeys(other)).containsExactlyInAnyOrder(key("a"), key("c"));
    assertThat(entityKeys(foreign)).containsExactly(key("d"));
    assertThat(store.marker(view)).contains(FIRST);
  }

  @Test
  void forgetsOneViewAndNothingElse() {
    Bytes awkward = key("}:1|}{*?[a]\\\u0000\n");
    List<OnlineView> others =
        List.of(view(project, 11), view(project, 2), view(project + "x", 1), otherEntity());
    PublishedRevision revision = new PublishedRevision("f", "{}");
    store.write(view, records(List.of(key("a"), key("b"), awkward)));
    store.advance(view, Optional.empty(), FIRST);
    for (OnlineView other : others) {
      store.write(other, records(List.of(key("a"))));
      store.advance(other, Optional.empty(), SECOND);
    }
    store.publishRevision(project, revision);

    long forgotten = store.forget(view);

    assertThat(forgotten).isEqualTo(3);
    assertThat(store.occupancy(view).isNothing()).isTrue();
    assertThat(entityKeys(view)).isEmpty();
    assertThat(store.marker(view)).isEmpty();
    for (OnlineView other : others) {
      assertThat(entityKeys(other)).containsExactly(key("a"));
      assertThat(store.marker(other)).contains(SECOND);
    }
    assertThat(store.revision(project).toCompletableFuture().join()).contains(revision);
    assertThat(store.forget(view)).isZero();
  }

  @Test
  void countsWhatItHoldsOfAView() {
    store.write(view, records(IntStream.range(0, 1_200).mapToObj(i -> key("a" + i)).toList()));
    store.write(view(project, 12), records(List.of(key("a"))));
    store.advance(view, Optional.empty(), FIRST);
    RecordKeys keys = new RecordKeys(view);
    byte[] first = keys.of(key("a1000"));
    long record = first.length + new RecordCodec(view).encode(first, row(1, 1, 1, 1L)).length;

    OnlineStore.Occupancy occupancy = store.occupancy(view);

    assertThat(occupancy.records()).isEqualTo(1_200);
    assertThat(occupancy.markers()).isGreaterThanOrEqualTo(markerKeys(view).size());
    assertThat(occupancy.bytes()).isBetween(1_200 * (record - 4), 1_200 * record + 10_000);
  }

  /** Beside the view's entity, and under its number. */
  private OnlineView otherEntity() {
    return new OnlineView(
        project, 3, "airports", view.keyTypes(), view.features(), Optional.empty());
  }

  @Test
  void replacesWhateverIsHeld() {
    FeatureRow row = row(5, 5, 5, 1L);
    Bytes damaged = key("damaged");
    store.write(
        view,
        List.of(
            new OnlineRecord(key("newer"), row(6, 5, 5, 2L)),
            new OnlineRecord(key("older"), row(4, 5, 5, 2L)),
            new OnlineRecord(key("other values"), row(5, 5, 5, 2L)),
            new OnlineRecord(key("beside"), row(1, 1, 1, 9L))));
    put(new RecordKeys(view).of(damaged), new byte[] {1, 2, 3});
    List<Bytes> keys =
        List.of(key("newer"), key("older"), key("other values"), damaged, key("absent"));

    store.replace(view, keys.stream().map(key -> new OnlineRecord(key, row)).toList());
    store.replace(view, List.of());

    assertThat(read(view, keys.toArray(Bytes[]::new)).records()).containsOnly(new Present(row));
    assertThat(read(view, key("beside")).records()).containsExactly(new Present(row(1, 1, 1, 9L)));
  }

  @Test
  void givesWhatItReplacesTheLifetimeOfWhatIsThereNow() {
    byte[] key = new RecordKeys(view).of(key("a"));
    FeatureRow tombstone = FeatureRow.tombstone(new RowTime(9, 9, 9));

    store.replace(view, List.of(new OnlineRecord(key("a"), tombstone)));
    assertThat(timeToLive(key)).hasValueSatisfying(near(Duration.ofDays(7)));
    store.replace(view, List.of(new OnlineRecord(key("a"), row(1, 1, 1, 1L))));

    assertThat(timeToLive(key)).isEmpty();
    assertThat(stored()).isEqualTo(row(1, 1, 1, 1L));
  }

  @Test
  void saysHowLongItKeepsWhatWasWritten() {
    FeatureRow tombstone = FeatureRow.tombstone(new RowTime(1, 1, 1));
    OnlineView rows = rowView(Duration.ofDays(5));
    FeatureRow young = row(micros(NOW.minus(Duration.ofDays(4))), 1, 1, 1L);
    FeatureRow old = row(micros(NOW.minus(Duration.ofDays(5))), 1, 1, 1L);

    assertThat(store.keeps(view, tombstone, NOW.minus(Duration.ofDays(6)))).isTrue();
    assertThat(store.keeps(view, tombstone, NOW.minus(Duration.ofDays(7)))).isFalse();
    assertThat(store.keeps(view, row(1, 1, 1, 1L), Instant.EPOCH)).isTrue();
    assertThat(store.keeps(rows, young, NOW.minus(Duration.ofDays(4)))).isTrue();
    assertThat(store.keeps(rows, old, NOW.minus(Duration.ofDays(4)))).isFalse();
  }

  @Test
  void endsWritingWithWhatItsRecordsThrow() {
    Iterator<OnlineRecord> failing =
        Stream.<OnlineRecord>generate(
                () -> {
                  throw new IllegalStateException("no more");
                })
            .iterator();

    assertThatThrownBy(() -> store.write(view, failing)).hasMessage("no more");
    assertThat(write(row(1, 1, 1, 1L))).isOne();
  }

  @Test
  void holdsTheOneRecordOfAnEntityWithoutKeys() {
    OnlineView global =
        new OnlineView(project, 3, "world", List.of(), view.features(), Optional.empty());
    Bytes only = ValueBytes.of(List.of(), List.of());

    store.write(global, records(List.of(only)));

    assertThat(entityKeys(global)).containsExactly(only);
    assertThat(read(global, only).records()).containsExactly(new Present(row(1, 1, 1, 1L)));
  }

  @Test
  void publishesTheRevisionOfAProject() {
    assertThat(store.revision(project).toCompletableFuture().join()).isEmpty();

    store.publishRevision(project, new PublishedRevision("f1", "{\"a\":1}"));
    PublishedRevision second = new PublishedRevision("f2", "{\"größe\":\"\u0000\uD83D\uDE80\"}");
    store.publishRevision(project, second);

    assertThat(store.revision(project).toCompletableFuture().join()).contains(second);
    assertThat(store.revision(project + "x").toCompletableFuture().join()).isEmpty();
  }

  @Test
  void saysThatARevisionIsUnreadable() {
    put(RecordKeys.revision(project), new byte[] {1});

    assertThatThrownBy(() -> store.revision(project).toCompletableFuture().join())
        .hasCauseInstanceOf(StoreUnavailableException.class)
        .hasRootCauseInstanceOf(UnreadableBytesException.class)
        .hasMessageContaining("unreadable");
  }

  @Test
  void letsNothingOfAWindowedViewExpireButTombstones() {
    byte[] key = new RecordKeys(view).of(key("a"));
    store.advance(view, Optional.empty(), FIRST);
    store.publishRevision(project, new PublishedRevision("f", "{}"));

    write(row(1, 1, 1, 1L));
    assertThat(timeToLive(key)).isEmpty();
    write(FeatureRow.tombstone(new RowTime(2, 1, 1)));
    assertThat(timeToLive(key)).hasValueSatisfying(near(Duration.ofDays(7)));
    write(row(3, 1, 1, 1L));
    assertThat(timeToLive(key)).isEmpty();

    assertThat(markerKeys(view)).allSatisfy(marker -> assertThat(timeToLive(marker)).isEmpty());
    assertThat(timeToLive(RecordKeys.revision(project))).isEmpty();
  }

  @Test
  void letsRowsExpireTheirLifetimeAfterTheirEventByItsOwnClock() {
    OnlineView rows = rowView(Duration.ofDays(5));
    long eventTime = micros(NOW.minus(Duration.ofDays(2)));

    store.write(rows, List.of(new OnlineRecord(key("a"), row(eventTime, 1, 1, 1L))));

    assertThat(timeToLive(new RecordKeys(rows).of(key("a"))))
        .hasValueSatisfying(near(Duration.ofDays(3)));
  }

  @Test
  void keepsRowsOfAFarEvent() {
    OnlineView rows = rowView(Duration.ofDays(5));

    store.write(rows, List.of(new OnlineRecord(key("a"), row(Long.MAX_VALUE, 1, 1, 1L))));

    assertThat(read(rows, key("a")).records()).hasOnlyElementsOfType(Present.class);
  }

  @Test
  void holdsTenThousandEntities() {
    List<Bytes> keys = IntStream.range(0, 10_000).mapToObj(i -> key("airport" + i)).toList();
    List<OnlineRecord> records = new ArrayList<>();
    keys.forEach(key -> records.add(new OnlineRecord(key, row(1, 2, 3, (long) records.size()))));

    int written = store.write(view, records);
    int again = store.write(view, records);
    List<Reading.Found> found = read(List.of(new Lookup(view, keys))).get(0).records();

    assertThat(written).isEqualTo(10_000);
    assertThat(again).isZero();
    assertThat(found)
        .containsExactlyElementsOf(records.stream().map(r -> new Present(r.row())).toList());
    assertThat(entityKeys(view)).containsExactlyInAnyOrderElementsOf(keys);
  }

  static OnlineView view(String project, int shortId) {
    return new OnlineView(
        project,
        shortId,
        "airport",
        List.of(Primitive.STRING),
        List.of(new Field("flights", Primitive.BIGINT), new Field("last", Primitive.STRING)),
        Optional.empty());
  }

  private OnlineView rowView(Duration lifetime) {
    return new OnlineView(
        project, 7, "airport", view.keyTypes(), view.features(), Optional.of(lifetime));
  }

  static Bytes key(String code) {
    List<DataType> types = List.of(Primitive.STRING);
    return ValueBytes.of(types, List.of(code));
  }

  static FeatureRow row(long eventTime, long availableAt, long createdAt, long flights) {
    return new FeatureRow(
        new RowTime(eventTime, availableAt, createdAt), List.of(flights, "to " + flights));
  }

  private static List<OnlineRecord> records(List<Bytes> keys) {
    return keys.stream().map(key -> new OnlineRecord(key, row(1, 1, 1, 1L))).toList();
  }

  private int write(FeatureRow row) {
    return store.write(view, List.of(new OnlineRecord(key("a"), row)));
  }

  List<Bytes> entityKeys(OnlineView of) {
    List<Bytes> keys = new ArrayList<>();
    store.entityKeys(of).forEachRemaining(keys::add);
    return keys;
  }

  private static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000;
  }

  private FeatureRow stored() {
    return ((Present) read(view, key("a")).records().get(0)).row();
  }

  private Reading read(OnlineView from, Bytes... keys) {
    return read(List.of(new Lookup(from, List.of(keys)))).get(0);
  }

  private List<Reading> read(List<Lookup> lookups) {
    return store.read(lookups).toCompletableFuture().join();
  }

  private static Consumer<Duration> near(Duration expected) {
    return actual -> assertThat(actual).isBetween(expected.minusSeconds(20), expected);
  }
}
