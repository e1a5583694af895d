package dev.plumbline.bench.store;

import dev.plumbline.bench.measure.DisagreementException;
import dev.plumbline.bench.measure.Spread;
import dev.plumbline.bench.measure.Stopwatch;
import dev.plumbline.offline.Progress;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.OnlineView;
import dev.plumbline.timeline.RowTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Measures how fast rows are written where nothing is held, where older rows are, and where half of
 * what comes is older than what is held. Writers take turns, the first one changing from round to
 * round; after each write every key is looked at.
 */
final class LoadBench {
  static final String EMPTY = "empty";
  static final String FULL = "full";
  static final String CONTENDED = "contended";

  private static final int FEATURES = 10;
  private static final long HOUR = 3_600_000_000L;

  private final OnlineStore store;
  private final PlainRedis redis;
  private final List<Writer> writers;
  private final Progress progress;

  LoadBench(OnlineStore store, PlainRedis redis, Progress progress) {
    this.store = store;
    this.redis = redis;
    this.writers = Writer.all(store, redis);
    this.progress = progress;
  }

  /**
   * What is written, and where to.
   *
   * @param held before, of the same entities; empty: nothing is
   */
  private record Load(String name, Optional<Rows> held, Rows written) {}

  /** One write of all rows. */
  private record Run(int rows, Stopwatch.Lap lap, double redisCpuSeconds) {}

  /**
   * What a writer came to on one load.
   *
   * @param redisMicros processor time of the server for each row, the median over rounds
   * @param clientMicros the same of this process
   */
  record Speed(
      String load,
      String writer,
      int rows,
      int rounds,
      Spread rowsPerSecond,
      double redisMicros,
      double clientMicros) {
    private static final double MICROS = 1e6;

    private static Speed of(Load load, Writer writer, List<Run> runs) {
      return new Speed(
          load.name(),
          writer.name(),
          runs.get(0).rows(),
          runs.size(),
          spread(runs, run -> run.rows() / run.lap().seconds()),
          spread(runs, run -> MICROS * run.redisCpuSeconds() / run.rows()).median(),
          spread(runs, run -> MICROS * run.lap().cpuSeconds() / run.rows()).median());
    }

    private static Spread spread(List<Run> runs, ToDoubleFunction<Run> of) {
      return Spread.of(runs.stream().mapToDouble(of).boxed().toList());
    }
  }

  /**
   * Every writer on every load; leaves nothing behind.
   *
   * @throws DisagreementException if a write leaves anything else than it should
   */
  List<Speed> speeds(long rows, int rounds) {
    OnlineView view = EntityShape.doubles("load", 1, FEATURES).views().get(0);
    progress.at("making rows");
    Rows held = rows(view, rows, entity -> hoursLater(1));
    Rows newer = rows(view, rows, entity -> hoursLater(2));
    Rows mixed = rows(view, rows, entity -> hoursLater(entity % 2 == 0 ? 2 : 0));
    List<Speed> speeds = new ArrayList<>();
    for (Load load :
        List.of(
            new Load(EMPTY, Optional.empty(), held),
            new Load(FULL, Optional.of(held), newer),
            new Load(CONTENDED, Optional.of(held), mixed))) {
      speeds.addAll(speeds(load, rounds));
    }
    redis.clear();
    return speeds;
  }

  private Rows rows(OnlineView view, long count, LongFunction<RowTime> times) {
    return Rows.of(view, count, times, store, redis);
  }

  private static RowTime hoursLater(int hours) {
    RowTime time = Layout.TIME;
    return new RowTime(
        time.eventTime() + hours * HOUR,
        time.availableAt() + hours * HOUR,
        time.createdAt() + hours * HOUR);
  }

  private List<Speed> speeds(Load load, int rounds) {
    List<List<Run>> runs = writers.stream().<List<Run>>map(writer -> new ArrayList<>()).toList();
    writers.forEach(writer -> run(load, writer)); // a warm-up
    for (int round = 0; round < rounds; round++) {
      for (int turn = 0; turn < writers.size(); turn++) {
        int i = (round + turn) % writers.size();
        progress.at("%s, %s, round %d".formatted(load.name(), writers.get(i).name(), round + 1));
        runs.get(i).add(run(load, writers.get(i)));
      }
    }
    return IntStream.range(0, writers.size())
        .mapToObj(i -> Speed.of(load, writers.get(i), runs.get(i)))
        .toList();
  }

  private Run run(Load load, Writer writer) {
    redis.clear();
    load.held().ifPresent(held -> redis.set(held.entries()));
    double redisBefore = redis.cpuSeconds();
    Stopwatch watch = new Stopwatch();
    writer.write(load.written());
    Stopwatch.Lap lap = watch.lap();
    double redisSeconds = redis.cpuSeconds() - redisBefore;
    compare(load, writer);
    return new Run(load.written().entries().size(), lap, redisSeconds);
  }

  private void compare(Load load, Writer writer) {
    List<Entry> found = redis.entries();
    List<Entry> written = load.written().entries();
    boolean same = found.size() == written.size();
    for (int i = 0; same && i < written.size(); i++) {
      Entry wrote = written.get(i);
      int at = i;
      Entry expected =
          load.held().map(held -> writer.outcome(held.entries().get(at), wrote)).orElse(wrote);
      same =
          Arrays.equals(found.get(i).key(), expected.key())
              && Arrays.equals(found.get(i).value(), expected.value());
    }
    if (!same) {
      throw new DisagreementException(
          "%s, %s: of %,d rows Redis holds others than were to be written"
              .formatted(load.name(), writer.name(), written.size()));
    }
  }
}
