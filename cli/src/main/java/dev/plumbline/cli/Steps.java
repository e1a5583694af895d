package dev.plumbline.cli;

import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;

/** The steps of a long command, each shown with what came of it and how long it took. */
final class Steps {
  private static final int WIDTH = 16;

  private final Console console;
  private final long started = System.nanoTime();

  Steps(Console console) {
    this.console = console;
  }

  /**
   * Does one step.
   *
   * @param told what to say of its result, on one line or more
   */
  <T> T run(String name, Supplier<T> work, Function<T, String> told) {
    long from = System.nanoTime();
    T result = work.get();
    console.ends();
    String text = told.apply(result).replace("\n", "\n" + " ".repeat(WIDTH + 12));
    console.note("  %5.1f s   %-16s%s".formatted(seconds(from), name, text));
    return result;
  }

  /** Seconds since the first step, as text. */
  String total() {
    return String.format(Locale.ROOT, "%.1f", seconds(started));
  }

  private static double seconds(long from) {
    return (System.nanoTime() - from) / 1e9;
  }
}
