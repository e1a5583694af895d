package dev.plumbline.yaml;

import java.time.Duration;

/** Durations as they are written in definitions: {@code 90s}, {@code 10m}, {@code 7d}. */
public final class DurationText {
  private DurationText() {}

  /** The shortest text that reads back as {@code duration}, which is whole milliseconds. */
  public static String of(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 86_400_000 == 0) {
      return millis / 86_400_000 + "d";
    }
    if (millis % 3_600_000 == 0) {
      return millis / 3_600_000 + "h";
    }
    if (millis % 60_000 == 0) {
      return millis / 60_000 + "m";
    }
    return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
  }
}
