package dev.plumbline.bench.offline;

import dev.plumbline.bench.measure.CaseResult;
import dev.plumbline.bench.measure.Stopwatch;
import dev.plumbline.bench.offline.JoinTables.LiveRuns;
import dev.plumbline.bench.project.BenchProject;
import dev.plumbline.bench.project.Scratch;
import dev.plumbline.offline.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Measures point-in-time joins: all engines on all cases in turn, round by round, each case in a
 * project and a Spark of its own. Whatever they write is compared by another program.
 */
public final class JoinBench {
  public static final List<String> CASES = JoinCase.NAMES;

  /** Of {@link #CASES} it is none: it runs where it is named. */
  public static final String LARGE = JoinCase.LARGE;

  public static final List<String> ENGINES =
      List.of(Engine.PLUMBLINE, Engine.DUCKDB, Engine.UNION_LAST, Engine.RANGE_JOIN);

  private static final int ROUNDS_BESIDE = 3;
  private static final String BY_RUNS = "as written by runs";

  private final Path scratch;
  private final Progress progress;
  private final Stopwatch sinceStart = new Stopwatch();

  /** When the case that is measured has used up its share, in seconds after the start. */
  private double deadline;

  /**
   * @param scratch where data, tables and results are written
   */
  public JoinBench(Path scratch, Progress progress) {
    this.scratch = scratch;
    this.progress = progress;
  }

  /**
   * What is measured.
   *
   * @param scale by which all sizes are divided
   * @param rounds at most, of each engine on each case
   * @param names of the cases; empty: all but {@link #LARGE}
   * @param engines by name; empty: all
   */
  public record Plan(long scale, int rounds, List<String> names, List<String> engines) {
    public Plan {
      names = List.copyOf(names);
      engines = List.copyOf(engines);
    }

    private List<JoinCase> cases() {
      return JoinCase.all(scale).stream()
          .filter(each -> (names.isEmpty() ? CASES : names).contains(each.name()))
          .map(each -> each.with(engines))
          .filter(each -> !each.engines().isEmpty())
          .toList();
    }
  }

  /** Whether none of these cases has one of these engines. */
  public static boolean isNothing(List<String> cases, List<String> engines) {
    return new Plan(1, 1, cases, engines).cases().isEmpty();
  }

  /**
   * Runs the plan.
   *
   * @throws dev.plumbline.bench.measure.DisagreementException if two engines write different rows
   *     for one case
   */
  public JoinReport run(Plan plan) {
    List<CaseResult> results = new ArrayList<>();
    for (JoinCase each : plan.cases()) {
      deadline += each.seconds();
      try (Scratch folder = Scratch.in(scratch);
          BenchProject project = BenchProject.open(folder.folder())) {
        results.addAll(measured(each, project, folder.folder(), plan.rounds()).results());
      }
    }
    return new JoinReport(results);
  }

  private JoinReport.Measured measured(JoinCase of, BenchProject project, Path folder, int rounds) {
    at(
        "%s: writing %,d rows and %,d labels",
        of.name(), of.data().rows() * of.data().views(), of.data().labels());
    JoinFiles files = of.data().write(project.spark(), folder.resolve("data"));
    Path outputs = made(folder.resolve("outputs"));
    try (DuckDb duckdb = new DuckDb(of.data(), files, folder)) {
      if (of.isLate()) {
        return late(of, project, files, duckdb, outputs, rounds);
      }
      JoinTables tables = new JoinTables(project, of.data(), JoinViews.Arrival.AT_ONCE);
      double tableSeconds =
          of.engines().contains(Engine.PLUMBLINE) ? write(of, project, tables, files) : 0;
      SparkSqlJoins spark = new SparkSqlJoins(project.spark(), of.data(), files);
      Map<String, Engine> engines = new LinkedHashMap<>();
      engines.put(Engine.PLUMBLINE, tables.engine(Engine.PLUMBLINE, BY_RUNS, files.labels()));
      engines.put(Engine.DUCKDB, duckdb.engine());
      engines.put(Engine.UNION_LAST, spark.unionLast());
      engines.put(Engine.RANGE_JOIN, spark.rangeJoin());
      engines.keySet().retainAll(of.engines());
      List<Contestant> all = contest(of, List.copyOf(engines.values()), outputs, rounds);
      List<Contestant> first = all.subList(0, engines.size());
      if (of.isCompacted() && of.engines().contains(Engine.PLUMBLINE) && !isOver()) {
        all = new ArrayList<>(all);
        all.add(compacted(of, tables, files, outputs, Math.min(rounds, ROUNDS_BESIDE)));
      }
      return new JoinReport.Measured(of, all, compared(of, all), tableSeconds, first.size());
    }
  }

  private JoinReport.Measured late(
      JoinCase of, BenchProject project, JoinFiles files, DuckDb duckdb, Path outputs, int rounds) {
    LateRows late = new LateRows(of.data(), files);
    JoinTables tables = new JoinTables(project, of.data(), JoinViews.Arrival.LATE);
    at("%s: a backfill and %d live runs", of.name(), of.liveRuns());
    Stopwatch watch = new Stopwatch();
    late.write(project.spark(), tables, of.liveRuns());
    double tableSeconds = watch.lap().seconds();
    List<Contestant> all =
        contest(
            of,
            List.of(
                tables.engine(Engine.PLUMBLINE, BY_RUNS, files.labels()),
                late.oracle(duckdb, tables)),
            outputs,
            rounds);
    return new JoinReport.Measured(of, all, compared(of, all), tableSeconds, 2);
  }

  /**
   * Fills the tables, as many at once as Spark has threads. Punctual live runs without a lookback
   * read nothing of a source but what happened since the run before; they are given just that, so
   * that none has to look for it.
   */
  private double write(JoinCase of, BenchProject project, JoinTables tables, JoinFiles files) {
    Stopwatch watch = new Stopwatch();
    ExecutorService threads = Executors.newFixedThreadPool(BenchProject.THREADS);
    try {
      CompletableFuture.allOf(
              files.each().stream()
                  .map(
                      view ->
                          CompletableFuture.runAsync(
                              () -> write(view, of, project, tables, files), threads))
                  .toArray(CompletableFuture[]::new))
          .join();
    } finally {
      threads.shutdownNow();
    }
    return watch.lap().seconds();
  }

  private void write(
      int view, JoinCase of, BenchProject project, JoinTables tables, JoinFiles files) {
    at("%s: view %d, a backfill and %d live runs", of.name(), view, of.liveRuns());
    of.data().writeRecent(project.spark(), of.liveRuns(), files.features(view), files.recent(view));
    tables.write(view, files.features(view), files.recent(view), LiveRuns.punctual(of.liveRuns()));
  }

  /** All engines, then those of them that were too unsteady and are measured again. */
  private List<Contestant> contest(JoinCase of, List<Engine> engines, Path outputs, int rounds) {
    List<Contestant> first = new ArrayList<>();
    for (Engine engine : engines) {
      at("%s, %s: warm-up", of.name(), engine.name());
      first.add(Contestant.warmedUp(engine, outputs));
    }
    rounds(of, first, rounds);
    List<Contestant> all = new ArrayList<>(first);
    if (first.stream().anyMatch(Contestant::isUnsteady) && !isOver()) {
      List<Contestant> again =
          first.stream()
              .filter(each -> each.isUnsteady() || each.name().equals(Engine.PLUMBLINE))
              .map(Contestant::again)
              .toList();
      rounds(of, again, rounds);
      all.addAll(again);
    }
    return all;
  }

  private void rounds(JoinCase of, List<Contestant> contestants, int rounds) {
    for (int round = 1; round <= rounds; round++) {
      for (Contestant each : contestants) {
        if (each.isOpen(rounds) && isTimeFor(each)) {
          double seconds = each.round().seconds();
          at("%s, %s, round %d: %.2f s", of.name(), each.name(), round, seconds);
        }
      }
    }
  }

  private Contestant compacted(
      JoinCase of, JoinTables tables, JoinFiles files, Path outputs, int rounds) {
    at("%s: compacting", of.name());
    files.each().forEach(tables::compact);
    Contestant compacted =
        Contestant.warmedUp(tables.engine(Engine.COMPACTED, "compacted", files.labels()), outputs);
    rounds(of, List.of(compacted), rounds);
    return compacted;
  }

  private boolean isTimeFor(Contestant contestant) {
    return contestant.rounds() == 0
        || sinceStart.lap().seconds() + contestant.lastSeconds() < deadline;
  }

  private boolean isOver() {
    return sinceStart.lap().seconds() > deadline;
  }

  /** What all of them have written, in every way. */
  private Checksum compared(JoinCase of, List<Contestant> contestants) {
    at("%s: comparing what was written", of.name());
    Map<String, Path> written = new LinkedHashMap<>();
    contestants.forEach(each -> written.putAll(each.written()));
    List<String> names = List.copyOf(written.keySet());
    List<Checksum> checksums = Checksum.of(List.copyOf(written.values()));
    for (int i = 1; i < checksums.size(); i++) {
      checksums.get(0).rejectOther(of.name() + ", " + names.get(0), names.get(i), checksums.get(i));
    }
    return checksums.get(0);
  }

  private static Path made(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void at(String step, Object... values) {
    progress.at(String.format(Locale.ROOT, step, values));
  }
}
