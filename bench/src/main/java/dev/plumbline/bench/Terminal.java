package dev.plumbline.bench;

import dev.plumbline.offline.Progress;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Tells people who watch what is going on, on standard error. */
final class Terminal implements Progress {
  private final PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);

  @SuppressWarnings(
      "SystemConsoleNull") // on the Javas that we run on it is null without a terminal
  private final boolean watched = System.console() != null;

  @Override
  public void at(String step) {
    if (watched) {
      err.println("  " + step + " ...");
    }
  }
}
