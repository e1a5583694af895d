package dev.plumbline.cli;

import dev.plumbline.offline.Ticker;
import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far a command has come, once that takes longer than people wait gladly: on a terminal
 * as one bar, elsewhere as a line now and then. Is called often; nothing here waits.
 */
final class ProgressDisplay {
  /** Where it goes. */
  enum Kind {
    TERMINAL,
    LINES
  }

  private static final Duration WORTH_A_BAR = Duration.ofSeconds(2);

  /** Spark calls every ten seconds at least, so a line comes every thirty. */
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(20);

  private static final int WHOLE = 1_000;

  private final WorkProgress work;
  private final Kind kind;
  private final PrintStream err;
  private final Ticker ticker;
  private boolean underWay;
  private long lineAt;
  private @Nullable ProgressBar bar;

  ProgressDisplay(WorkProgress work, Kind kind, PrintStream err, Ticker ticker) {
    this.work = work;
    this.kind = kind;
    this.err = err;
    this.ticker = ticker;
    this.lineAt = ticker.nanos();
  }

  /** A new step: seen at once on a terminal, by a bar or by a line before there is one. */
  synchronized void step(String step) {
    work.at(step);
    underWay = true;
    if (kind == Kind.TERMINAL && bar == null) {
      err.println("  " + step + " ...");
    } else {
      refresh();
    }
  }

  /** Spark tells of its tasks a little late: what it says after the end of a step is not shown. */
  synchronized void refresh() {
    if (!underWay) {
      return;
    }
    if (kind == Kind.TERMINAL) {
      refreshBar();
    } else if (ticker.since(lineAt).compareTo(BETWEEN_LINES) >= 0) {
      lineAt = ticker.nanos();
      err.println(work.text());
    }
  }

  private void refreshBar() {
    ProgressBar shown = bar;
    if (shown == null && work.elapsed().compareTo(WORTH_A_BAR) > 0) {
      shown =
          new ProgressBarBuilder()
              .setTaskName(" ")
              .setStyle(ProgressBarStyle.ASCII)
              .setInitialMax(WHOLE)
              .hideEta()
              .clearDisplayOnFinish()
              .build();
      bar = shown;
    }
    if (shown != null) {
      shown.setExtraMessage(" " + work.text());
      shown.stepTo((long) (WHOLE * work.share()));
    }
  }

  /** Other work begins, which has nothing to do with that before. */
  synchronized void restart() {
    end();
    work.restart();
    lineAt = ticker.nanos();
  }

  /** The present step is over; nothing is shown until the next one. */
  synchronized void end() {
    underWay = false;
    clear();
  }

  /** Makes place for something else; what comes after is shown again. */
  synchronized void clear() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
