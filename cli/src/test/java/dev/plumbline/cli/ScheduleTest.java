package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.definition.ViewId;
import dev.plumbline.failure.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A day of schedules in no time: the clock moves when somebody waits. */
class ScheduleTest {
  private static final ViewId HOURLY = new ViewId("hourly", 1);
  private static final ViewId DAILY = new ViewId("daily", 1);
  private static final ViewId NEW = new ViewId("new", 1);
  private static final Instant MIDNIGHT = Instant.parse("2026-03-01T00:00:00Z");

  private final World world = new World();

  @Test
  void everyViewIsRunWhenItIsDueAndNeverBefore() {
    world.every(HOURLY, Duration.ofHours(1)).every(DAILY, Duration.ofDays(1));

    world.schedule().forever();

    assertThat(world.runs.get(HOURLY)).hasSize(24);
    assertThat(world.runs.get(HOURLY).get(1)).isEqualTo(MIDNIGHT.plus(Duration.ofHours(1)));
    assertThat(world.runs.get(DAILY)).containsExactly(MIDNIGHT);
  }

  @Test
  void aViewThatFailsIsTriedLaterAndLaterAndDoesNotKeepTheOthers() {
    world.every(HOURLY, Duration.ofHours(1)).every(DAILY, Duration.ofDays(1));
    world.failing = DAILY;

    world.schedule().forever();

    assertThat(world.runs.get(HOURLY)).hasSize(24);
    assertThat(world.pauses().subList(0, 6))
        .containsExactly(
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(4),
            Duration.ofMinutes(8),
            Duration.ofMinutes(15));
    assertThat(world.pauses()).hasSizeLessThan(110).endsWith(Duration.ofMinutes(15));
  }

  @Test
  void aViewThatRecoversIsOnScheduleAgain() {
    world.every(HOURLY, Duration.ofHours(1));
    world.failing = HOURLY;
    world.recoversAt = MIDNIGHT.plusSeconds(100);

    world.schedule().forever();

    assertThat(world.failures).hasSize(3);
    assertThat(world.runs.get(HOURLY)).hasSize(24);
  }

  @Test
  void aViewThatWasNeverRunIsLeftAloneAndToldOnce() {
    world.every(HOURLY, Duration.ofHours(1));
    world.due.put(NEW, Optional.empty());

    world.schedule().forever();

    assertThat(world.runs).doesNotContainKey(NEW);
    assertThat(world.neverRun).containsExactly(NEW);
  }

  @Test
  void whatSomebodyElseDidOrAddedIsSeenAtTheNextCheck() {
    world.every(DAILY, Duration.ofDays(1));
    world.at(MIDNIGHT.plusSeconds(90), () -> world.every(HOURLY, Duration.ofHours(1)));

    world.schedule().forever();

    assertThat(world.runs.get(HOURLY).get(0)).isEqualTo(MIDNIGHT.plusSeconds(120));
  }

  @Test
  void aMetadataDatabaseThatDoesNotAnswerIsAskedAgain() {
    world.every(HOURLY, Duration.ofHours(1));
    world.awayUntil = MIDNIGHT.plusSeconds(150);

    world.schedule().forever();

    assertThat(world.unavailable).isEqualTo(3);
    assertThat(world.runs.get(HOURLY)).hasSize(24);
  }

  @Test
  void onceEveryViewHasItsTurnAndTheFirstFailureIsTold() {
    world.every(DAILY, Duration.ofDays(1)).every(HOURLY, Duration.ofHours(1));
    world.failing = DAILY;

    assertThatThrownBy(() -> world.schedule().once()).hasMessage("daily@1 fails");

    assertThat(world.runs.get(HOURLY)).containsExactly(MIDNIGHT);
    assertThat(world.now).isEqualTo(MIDNIGHT);
  }

  /** Views, a clock, and what happened. */
  private static final class World
      implements Schedule.Work, Schedule.Journal, Schedule.Waiting, InstantSource {
    private static final Instant END = MIDNIGHT.plus(Duration.ofDays(1)).minusSeconds(1);

    private final Map<ViewId, Optional<Instant>> due = new LinkedHashMap<>();
    private final Map<ViewId, Duration> every = new LinkedHashMap<>();
    private final Map<ViewId, List<Instant>> runs = new LinkedHashMap<>();
    private final Map<Instant, Runnable> events = new LinkedHashMap<>();
    private final List<Instant> failures = new ArrayList<>();
    private final List<Instant> retries = new ArrayList<>();
    private final List<ViewId> neverRun = new ArrayList<>();
    private Instant now = MIDNIGHT;
    private Instant recoversAt = Instant.MAX;
    private Instant awayUntil = Instant.MIN;
    private ViewId failing = NEW;
    private int unavailable;

    Schedule schedule() {
      return new Schedule(this, this, this, this, Duration.ofMinutes(1));
    }

    World every(ViewId view, Duration step) {
      due.put(view, Optional.of(MIDNIGHT));
      every.put(view, step);
      return this;
    }

    void at(Instant instant, Runnable event) {
      events.put(instant, event);
    }

    List<Duration> pauses() {
      List<Duration> pauses = new ArrayList<>();
      for (int i = 0; i < failures.size(); i++) {
        pauses.add(Duration.between(failures.get(i), retries.get(i)));
      }
      return pauses;
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public boolean pass(Duration time) {
      assertThat(time).isLessThanOrEqualTo(Duration.ofMinutes(1));
      now = now.plus(time);
      events.entrySet().removeIf(event -> happened(event.getKey(), event.getValue()));
      return !now.isAfter(END);
    }

    private boolean happened(Instant instant, Runnable event) {
      if (instant.isAfter(now)) {
        return false;
      }
      event.run();
      return true;
    }

    @Override
    public List<ViewId> views() {
      if (now.isBefore(awayUntil)) {
        throw new UnavailableException("away");
      }
      return List.copyOf(due.keySet());
    }

    @Override
    public Optional<Instant> dueAt(ViewId view) {
      return due.getOrDefault(view, Optional.empty());
    }

    @Override
    public void advance(ViewId view) {
      assertThat(now).isAfterOrEqualTo(due.get(view).orElseThrow());
      if (view.equals(failing) && now.isBefore(recoversAt)) {
        throw new UnavailableException(view + " fails");
      }
      runs.computeIfAbsent(view, any -> new ArrayList<>()).add(now);
      Instant next = due.get(view).orElseThrow();
      while (!next.isAfter(now)) {
        next = next.plus(every.get(view));
      }
      due.put(view, Optional.of(next));
    }

    @Override
    public void failed(ViewId view, RuntimeException failure, int times, Instant next) {
      failures.add(now);
      retries.add(next);
      assertThat(times).isEqualTo(failures.size());
    }

    @Override
    public void neverRun(ViewId view) {
      neverRun.add(view);
    }

    @Override
    public void unavailable(RuntimeException failure) {
      unavailable++;
    }
  }
}
