package dev.plumbline.bench.windows;

import dev.plumbline.bench.measure.Stopwatch;
import dev.plumbline.bench.project.BenchProject;
import dev.plumbline.bench.project.Scratch;
import dev.plumbline.bench.windows.LogChecksum.Checked;
import dev.plumbline.offline.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures all engines on all cases in turn, round by round, each time in a fresh project with a
 * Spark of its own, which is started before the clock. Whatever they write is compared.
 */
public final class WindowsBench {
  /** A round is not begun when it would end later than this after the start. */
  private static final double PATIENCE_SECONDS = 17 * 60;

  public static final List<String> CASES = List.of(WindowsCase.TEN, WindowsCase.THIRTY);
  public static final List<String> ENGINES = List.of(PlumblineEngine.NAME, SparkSqlEngine.NAME);

  private static final long SMALLEST = 100;

  private final Path scratch;
  private final Progress progress;
  private final Stopwatch sinceStart = new Stopwatch();

  /**
   * @param scratch where events and change logs are written
   */
  public WindowsBench(Path scratch, Progress progress) {
    this.scratch = scratch;
    this.progress = progress;
  }

  /**
   * What is measured.
   *
   * @param events of the smallest case
   * @param warmUp events on which each engine runs once before; 0: none
   * @param rounds at most, of each engine on each case
   * @param names of the cases; empty: all
   * @param engines by name; empty: all
   */
  public record Plan(
      long events, long warmUp, int rounds, List<String> names, List<String> engines) {
    public Plan {
      names = List.copyOf(names);
      engines = List.copyOf(engines);
    }

    private List<Contest> contests() {
      List<Contest> contests = new ArrayList<>();
      for (WindowsCase each : WindowsCase.all(events)) {
        for (Engine engine : each.engines()) {
          if ((names.isEmpty() || names.contains(each.name()))
              && (engines.isEmpty() || engines.contains(engine.name()))) {
            contests.add(new Contest(each, engine));
          }
        }
      }
      return contests;
    }
  }

  /** Whether none of these cases has one of these engines. */
  public static boolean isNothing(List<String> cases, List<String> engines) {
    return new Plan(SMALLEST, 0, 1, cases, engines).contests().isEmpty();
  }

  /**
   * Runs the plan.
   *
   * @throws dev.plumbline.bench.measure.DisagreementException if two change logs differ that must
   *     not
   */
  public WindowsReport run(Plan plan) {
    List<Contest> contests = plan.contests();
    warmUp(plan, contests);
    contests.stream().map(Contest::on).distinct().forEach(this::write);
    for (int round = 1; round <= plan.rounds(); round++) {
      for (Contest contest : contests) {
        if (contest.isOpen(plan.rounds()) && isTimeFor(contest)) {
          progress.at(
              String.format(
                  Locale.ROOT,
                  "%s, %s, round %d",
                  contest.on().name(),
                  contest.engine().name(),
                  round));
          round(contest);
          compare(contest, contests);
        }
      }
    }
    return new WindowsReport(contests);
  }

  private boolean isTimeFor(Contest contest) {
    return contest.rounds() == 0
        || sinceStart.lap().seconds() + contest.lastSeconds() < PATIENCE_SECONDS;
  }

  private void warmUp(Plan plan, List<Contest> contests) {
    if (plan.warmUp() == 0) {
      return;
    }
    WindowsCase small =
        new WindowsCase("warm-up", new EventData(plan.warmUp(), plan.warmUp() / 100), List.of());
    write(small);
    contests.stream()
        .map(contest -> contest.engine().name())
        .distinct()
        .forEach(
            name -> {
              progress.at("warm-up of " + name);
              Engine engine =
                  contests.stream()
                      .map(Contest::engine)
                      .filter(each -> each.name().equals(name))
                      .findFirst()
                      .orElseThrow();
              round(new Contest(small, engine));
            });
  }

  private void write(WindowsCase of) {
    progress.at(String.format(Locale.ROOT, "writing %,d events", of.data().events()));
    try (Scratch folder = Scratch.in(scratch);
        BenchProject project = BenchProject.open(folder.folder())) {
      of.data().write(project.spark(), events(of));
    }
  }

  private void round(Contest contest) {
    try (Scratch folder = Scratch.in(scratch);
        BenchProject project = BenchProject.open(folder.folder())) {
      Path output = folder.folder().resolve("output");
      Stopwatch watch = new Stopwatch();
      Engine.Written written = contest.engine().compute(project, events(contest.on()), output);
      Stopwatch.Lap lap = watch.lap();
      progress.at(String.format(Locale.ROOT, "  %.1f s; reading what was written", lap.seconds()));
      List<String> files = written.files();
      contest.add(lap, new Checked(LogChecksum.of(project.spark(), files), Scratch.bytes(files)));
    }
  }

  private static void compare(Contest contest, List<Contest> contests) {
    for (Contest other : contests) {
      if (other.on().equals(contest.on()) && other.rounds() > 0) {
        other
            .written()
            .log()
            .rejectOther(
                contest.on().name() + ", " + other.engine().name(),
                contest.engine().name(),
                contest.written().log());
      }
    }
  }

  private Path events(WindowsCase of) {
    return scratch.resolve("events-" + of.name());
  }
}
