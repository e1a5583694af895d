package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WorkProgressTest {
  private long nanos = 1_000;
  private final WorkProgress work = new WorkProgress(() -> nanos);
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final ProgressDisplay display =
      new ProgressDisplay(
          work,
          ProgressDisplay.Kind.LINES,
          new PrintStream(printed, true, StandardCharsets.UTF_8),
          () -> nanos);

  @Test
  void estimatesWhatRemainsOverViewsPartsAndTasks() {
    work.views(1, 2);
    work.parts(2, 4);
    work.at("computing spend@1, chunk 3 of 4");
    work.begins(10);
    for (int i = 0; i < 5; i++) {
      work.taskDone();
    }
    pass(Duration.ofMinutes(13));

    assertThat(work.share()).isEqualTo(0.8125);
    assertThat(work.text()).isEqualTo("computing spend@1, chunk 3 of 4, about 3 min remain");
  }

  @Test
  void saysNothingOfTheRestWhileItCannotKnow() {
    work.at("starting Spark");

    assertThat(work.text()).isEqualTo("starting Spark");
    work.begins(10);
    work.taskDone();
    assertThat(work.remaining()).isEmpty();
    pass(Duration.ofSeconds(10));
    assertThat(work.remaining()).contains(Duration.ofSeconds(90));
  }

  @Test
  void measuresTheTasksOfAStepSinceItBegan() {
    work.at("joining 374,199 labels with their features");
    work.begins(8);
    pass(Duration.ofMinutes(10));
    work.jobsDone();

    assertThat(work.text()).isEqualTo("joining 374,199 labels with their features");
    work.at("hashing and describing the dataset");
    work.begins(8);
    pass(Duration.ofSeconds(8));
    assertThat(work.text()).isEqualTo("hashing and describing the dataset");
    work.taskDone();
    work.taskDone();
    assertThat(work.text()).isEqualTo("hashing and describing the dataset, about 24 s remain");
  }

  @Test
  void saysNothingOfTheRestBeforeAPartIsDone() {
    work.parts(0, 4);
    work.at("computing spend@1, chunk 1 of 4");
    work.begins(10);
    work.taskDone();
    pass(Duration.ofMinutes(3));

    assertThat(work.remaining()).isEmpty();
    work.parts(1, 4);
    assertThat(work.remaining()).contains(Duration.ofMinutes(9));
  }

  @Test
  void nothingIsPrintedOfAStepThatEnded() {
    display.step("hashing and describing the dataset");
    display.end();
    pass(Duration.ofMinutes(1));
    display.refresh();

    assertThat(printed.size()).isZero();
    display.step("checking the law");
    assertThat(printed.toString(StandardCharsets.UTF_8)).startsWith("checking the law");
  }

  @Test
  void tasksThatDidNotHaveToRunAreDone() {
    work.begins(10);
    work.jobsDone();

    assertThat(work.share()).isOne();
  }

  @Test
  void withoutATerminalALongWorkPrintsALineNowAndThen() {
    for (int second = 0; second < 65; second += 5) {
      display.step("computing spend@1");
      pass(Duration.ofSeconds(5));
      display.refresh();
    }

    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .hasSize(3)
        .allMatch(line -> line.startsWith("computing spend@1"));
  }

  @Test
  void aShortWorkPrintsNothing() {
    display.step("computing spend@1");
    pass(Duration.ofSeconds(15));
    display.refresh();

    assertThat(printed.size()).isZero();
  }

  @Test
  void durationsReadWell() {
    assertThat(Durations.about(Duration.ZERO)).isEqualTo("1 s");
    assertThat(Durations.about(Duration.ofSeconds(59))).isEqualTo("59 s");
    assertThat(Durations.about(Duration.ofSeconds(210))).isEqualTo("4 min");
    assertThat(Durations.about(Duration.ofMinutes(130))).isEqualTo("2 h 10 min");
    assertThat(Durations.about(Duration.ofMinutes(120))).isEqualTo("2 h");
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }
}
