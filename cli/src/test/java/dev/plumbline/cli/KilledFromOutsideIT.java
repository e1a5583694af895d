package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.registry.LedgerEntry.Phase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code plumb materialize} is killed with SIGKILL at some instant and run again until it ends by
 * itself: table, ledger, marker and records are then those of a run that nobody disturbed, stamps
 * included, since clocks are frozen.
 */
class KilledFromOutsideIT {
  /** A kill costs about one and a half runs. {@code make faults} asks for many. */
  private static final int POINTS = Integer.getInteger("faults.points", 2);

  private static final long SEED = Long.getLong("faults.seed", 1);
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final int MOST_KILLS = 3;

  /** What people ask for, one after the other. */
  enum Step {
    BACKFILL("materialize --all --from 2026-02-22T00:00:00Z --chunk 3d --now 2026-03-01T12:00:00Z"),
    PUBLICATION("materialize --all --now 2026-03-01T12:03:00Z"),
    /** With new rows, late ones, and customers who have not ordered for a week. */
    LIVE("materialize --all --lookback 3 --now 2026-03-04T12:10:00Z");

    private final String command;

    Step(String command) {
      this.command = command;
    }
  }

  /** What can be seen of a run from outside. */
  enum Sight {
    OPEN,
    STAGED,
    COMMITTED,
    FIRST_RECORD,
    MARKER,
    CLOSED
  }

  /** When to kill. */
  sealed interface Moment {
    /** After this part of the time that the command takes when nobody disturbs it. */
    record After(double part) implements Moment {}

    /** As soon as this is seen. */
    record When(Sight sight) implements Moment {}
  }

  /**
   * @param moments one after the other, each for another attempt
   */
  record KillPoint(long seed, Step step, List<Moment> moments) {}

  private static final List<KillPoint> AIMED =
      List.of(
          aimed(Step.LIVE, Sight.STAGED),
          aimed(Step.BACKFILL, Sight.CLOSED),
          aimed(Step.PUBLICATION, Sight.FIRST_RECORD),
          aimed(Step.LIVE, Sight.COMMITTED),
          aimed(Step.LIVE, Sight.FIRST_RECORD),
          aimed(Step.BACKFILL, Sight.STAGED),
          aimed(Step.PUBLICATION, Sight.MARKER),
          aimed(Step.LIVE, Sight.MARKER),
          aimed(Step.LIVE, Sight.OPEN),
          aimed(Step.BACKFILL, Sight.OPEN),
          aimed(Step.LIVE, Sight.CLOSED));

  /** A step that nobody disturbed: where it began, what it led to, how long it took. */
  private record Undisturbed(
      FaultsProject.Position before,
      FaultsProject.Position end,
      FaultsState after,
      Duration took) {}

  @TempDir static Path folder;
  private static final Map<Step, Undisturbed> UNDISTURBED = new EnumMap<>(Step.class);
  private static FaultsProject project;

  @BeforeAll
  static void runUndisturbed() throws Exception {
    project = new FaultsProject(folder);
    project.plumb("apply").exits(0);
    for (Step step : Step.values()) {
      if (step == Step.LIVE) {
        project.receiveOrders();
      }
      FaultsProject.Position before = project.position(step + " before");
      long began = System.nanoTime();
      try (PlumbProcess process = project.start(step.command)) {
        process.ended().exits(0);
      }
      Duration took = since(began);
      FaultsProject.Position end = project.position(step + " after");
      UNDISTURBED.put(step, new Undisturbed(before, end, FaultsState.of(project), took));
    }
  }

  @AfterAll
  static void stop() {
    project.close();
  }

  static Stream<KillPoint> killPoints() {
    return IntStream.range(0, POINTS).mapToObj(KilledFromOutsideIT::killPoint);
  }

  /** By turns one at a moment that can be seen, and one at any. */
  private static KillPoint killPoint(int number) {
    return number % 2 == 0 && number / 2 < AIMED.size()
        ? AIMED.get(number / 2)
        : drawn(SEED * 1_000_003 + number);
  }

  private static KillPoint aimed(Step step, Sight sight) {
    return new KillPoint(0, step, List.of(new Moment.When(sight)));
  }

  private static KillPoint drawn(long seed) {
    Random random = new Random(seed);
    Step step = Step.values()[random.nextInt(Step.values().length)];
    List<Moment> moments = new ArrayList<>();
    do {
      moments.add(new Moment.After(random.nextDouble()));
    } while (moments.size() < MOST_KILLS && random.nextInt(3) == 0);
    return new KillPoint(seed, step, moments);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("killPoints")
  void whatIsKilledAndRunAgainLeadsToTheSameState(KillPoint point) throws Exception {
    Undisturbed undisturbed = UNDISTURBED.get(point.step());
    project.restore(undisturbed.before());

    List<String> story = new ArrayList<>();
    for (Moment moment : point.moments()) {
      story.add(kill(point.step(), moment, undisturbed));
    }
    project.plumb(point.step().command).exits(0);

    assertUnchanged(point + ", " + story, undisturbed.after());
  }

  @ParameterizedTest
  @EnumSource
  void whatIsDoneIsNotDoneAgain(Step step) throws Exception {
    Undisturbed undisturbed = UNDISTURBED.get(step);
    project.restore(undisturbed.end());

    Terminal.Output again = project.plumb(step.command);

    assertThat(again.exits(0).out())
        .isEqualTo(
            step == Step.BACKFILL
                ? "Nothing has changed: the refreshes are in the tables, computed again now, and every value is the same.\n"
                : "Nothing to do: every view is up to date.\n");
    assertUnchanged("twice " + step, undisturbed.after());
  }

  private static void assertUnchanged(String what, FaultsState expected) {
    FaultsState actual = FaultsState.of(project);
    assertThat(actual.hashes())
        .as("%s:%n%s", what, actual.differencesFrom(expected))
        .isEqualTo(expected.hashes());
    assertThat(project.mortal()).isEmpty();
  }

  /** Says what was done. */
  private static String kill(Step step, Moment moment, Undisturbed undisturbed) throws Exception {
    BooleanSupplier seen =
        moment instanceof Moment.When when ? sight(when.sight(), undisturbed) : () -> false;
    Duration longest =
        moment instanceof Moment.After after ? part(undisturbed.took(), after.part()) : PATIENCE;
    long began = System.nanoTime();
    try (PlumbProcess process = project.start(step.command)) {
      while (since(began).compareTo(longest) < 0 && !seen.getAsBoolean()) {
        if (process.endsWithin(Duration.ofMillis(1))) {
          process.ended().exits(0);
          return moment + ": it ended before, after " + since(began);
        }
      }
      process.kill();
      return moment + ": killed after " + since(began);
    }
  }

  private static Duration part(Duration whole, double part) {
    return Duration.ofNanos((long) (whole.toNanos() * part));
  }

  private static Duration since(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private static BooleanSupplier sight(Sight sight, Undisturbed undisturbed) {
    Map<String, String> before = undisturbed.before().redis();
    return switch (sight) {
      case OPEN -> () -> project.runsIn(Phase.OPEN) > 0;
      case COMMITTED -> () -> project.runsIn(Phase.COMMITTED) > 0;
      case CLOSED -> {
        int all = undisturbed.after().ledger().size();
        yield () -> project.runsIn(Phase.CLOSED) == all;
      }
      case STAGED -> {
        Set<Path> known = project.tableMetadata();
        yield () ->
            project.tableMetadata().stream()
                .anyMatch(file -> !known.contains(file) && namesBranch(file));
      }
      case FIRST_RECORD -> () -> !project.redis().equals(before);
      case MARKER -> {
        Map<String, String> markers = project.markers();
        yield () -> !project.markers().equals(markers);
      }
    };
  }

  private static boolean namesBranch(Path metadata) {
    try {
      return Files.readString(metadata).contains("\"run_");
    } catch (IOException | UncheckedIOException e) {
      return false; // it is being written, or was removed
    }
  }
}
