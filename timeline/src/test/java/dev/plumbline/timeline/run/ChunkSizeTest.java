package dev.plumbline.timeline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.timeline.Grid;
import dev.plumbline.timeline.Refreshes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** One tick is a microsecond; refreshes every 10. */
class ChunkSizeTest {
  private static final Grid GRID = new Grid(Duration.ofNanos(10_000));

  @Test
  void aSpanHoldsWholeRefreshesAndOneAtLeast() {
    assertThat(cut(0, 50, lasting(25)))
        .containsExactly(new Refreshes(0, 10), new Refreshes(20, 30), new Refreshes(40, 50));
    assertThat(cut(0, 20, lasting(3)))
        .containsExactly(new Refreshes(0, 0), new Refreshes(10, 10), new Refreshes(20, 20));
    assertThat(cut(0, 20, new ChunkSize.Lasting(GRID, Duration.ofDays(100_000))))
        .containsExactly(new Refreshes(0, 20));
    assertThatThrownBy(() -> lasting(0)).hasMessageContaining("expected: more than 0");
  }

  @Test
  void fewRowsAreOneChunk() {
    assertThat(cut(0, 1_000, holding(evenly(10), 100, 1_000_000)))
        .containsExactly(new Refreshes(0, 1_000));
    assertThat(cut(0, 1_000, holding(new RowsInTime(new TreeMap<>()), 100, 10))).hasSize(1);
  }

  @Test
  void aChunkIsNoShorterThanTheWindowThatItReadsAgain() {
    List<Refreshes> chunks = cut(0, 2_000, holding(evenly(10), 500, 20));

    assertThat(chunks).hasSizeBetween(3, 4);
    assertThat(chunks.get(1).last() - chunks.get(1).first()).isBetween(480L, 520L);
  }

  @Test
  void chunksThatReadEverythingAgainDouble() {
    List<Refreshes> chunks = cut(-4_990, 10_000, holding(evenly(10), Long.MAX_VALUE, 20));

    assertThat(chunks).hasSizeBetween(6, 9);
  }

  @Test
  void atMostHalfOfWhatAChunkReadsWasReadBefore() {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      TreeMap<Long, Long> counts = new TreeMap<>();
      for (int bin = 0; bin < 200; bin++) {
        counts.put(random.nextLong(-500, 2_000), (long) random.nextInt(50));
      }
      RowsInTime source = new RowsInTime(counts);
      long reach = random.nextInt(4) == 0 ? Long.MAX_VALUE : random.nextInt(600);
      long rows = 1 + random.nextInt(500);
      long last = 10L * random.nextInt(200);

      List<Refreshes> chunks = cut(0, last, holding(source, reach, rows));

      assertThat(chunks.get(0).first()).as("seed %d", seed).isZero();
      assertThat(chunks.get(chunks.size() - 1).last()).as("seed %d", seed).isEqualTo(last);
      for (int i = 1; i < chunks.size(); i++) {
        Refreshes before = chunks.get(i - 1);
        Refreshes chunk = chunks.get(i);
        long oldest = reach == Long.MAX_VALUE ? Long.MIN_VALUE : chunk.first() - reach;
        assertThat(chunk.first()).as("seed %d", seed).isEqualTo(before.last() + 10);
        long again = naive(counts, oldest, before.last());
        long fresh = naive(counts, before.last(), chunk.last());
        if (i < chunks.size() - 1) {
          assertThat(fresh).as("seed %d, %s", seed, chunk).isGreaterThanOrEqualTo(again);
          assertThat(fresh).as("seed %d, %s", seed, chunk).isGreaterThanOrEqualTo(rows);
        }
      }
    }
  }

  @Test
  void countsTheRowsOfBins() {
    RowsInTime rows = new RowsInTime(new TreeMap<>(Map.of(-5L, 1L, 0L, 2L, 10L, 4L)));

    assertThat(rows.total()).isEqualTo(7);
    assertThat(rows.before(-5)).isZero();
    assertThat(rows.before(10)).isEqualTo(3);
    assertThat(rows.before(11)).isEqualTo(7);
    assertThat(rows.within(0, 10)).isEqualTo(2);
    assertThat(rows.within(Long.MIN_VALUE, 100)).isEqualTo(7);
  }

  private static long naive(Map<Long, Long> counts, long from, long to) {
    return counts.entrySet().stream()
        .filter(bin -> from <= bin.getKey() && bin.getKey() < to)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static List<Refreshes> cut(long from, long to, ChunkSize size) {
    return new RemainingBackfill(new Refreshes(from, to), from, from).chunks(GRID, size);
  }

  private static ChunkSize lasting(long ticks) {
    return new ChunkSize.Lasting(GRID, Duration.ofNanos(1_000 * ticks));
  }

  private static ChunkSize holding(RowsInTime source, long reach, long rows) {
    return new ChunkSize.Holding(GRID, source, reach, rows);
  }

  /** One row per so many ticks. */
  private static RowsInTime evenly(long every) {
    TreeMap<Long, Long> counts = new TreeMap<>();
    LongStream.range(0, 20_000 / every).forEach(i -> counts.put(i * every - 5_000, 1L));
    return new RowsInTime(counts);
  }
}
