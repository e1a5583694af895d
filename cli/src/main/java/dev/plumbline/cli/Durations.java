package dev.plumbline.cli;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them in options, {@code 30m}, and as they like to read them. */
final class Durations {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");
  private static final Map<String, ChronoUnit> UNITS =
      Map.of(
          "ms", ChronoUnit.MILLIS,
          "s", ChronoUnit.SECONDS,
          "m", ChronoUnit.MINUTES,
          "h", ChronoUnit.HOURS,
          "d", ChronoUnit.DAYS);

  private Durations() {}

  /**
   * What {@code text} says.
   *
   * @throws UsageException if it is no duration; it names the option
   */
  static Duration parse(String option, String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new UsageException(
          "%s %s (expected: a number and one of ms, s, m, h, d, such as 30m)"
              .formatted(option, text));
    }
    return Duration.of(
        Long.parseLong(parts.group(1)), Objects.requireNonNull(UNITS.get(parts.group(2))));
  }

  /** {@link #parse}, and more than nothing. */
  static Duration parsePositive(String option, String text) {
    Duration duration = parse(option, text);
    if (duration.isZero()) {
      throw new UsageException("%s %s (expected: more than 0)".formatted(option, text));
    }
    return duration;
  }

  /** About how long: {@code 40 s}, {@code 4 min}, {@code 2 h 10 min}. */
  static String about(Duration duration) {
    long seconds = Math.max(1, Math.round(duration.toMillis() / 1e3));
    if (seconds < 60) {
      return seconds + " s";
    }
    long minutes = Math.round(seconds / 60.0);
    if (minutes < 60) {
      return minutes + " min";
    }
    return minutes % 60 == 0
        ? minutes / 60 + " h"
        : "%d h %d min".formatted(minutes / 60, minutes % 60);
  }
}
