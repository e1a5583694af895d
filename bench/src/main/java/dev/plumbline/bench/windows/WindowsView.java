package dev.plumbline.bench.windows;

import dev.plumbline.definition.ViewId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The view that is computed: count, sum and maximum over an hour, a day and a week, every hour,
 * from the first refresh that sees an event to the one at which the last has left every window.
 */
final class WindowsView {
  static final ViewId ID = new ViewId("activity", 1);
  static final Duration EVERY = Duration.ofHours(1);
  static final Instant FROM = EventData.FIRST.plus(EVERY);
  static final Instant TO = EventData.FIRST.plus(EventData.SPAN).plus(Length.WEEK.duration());

  private WindowsView() {}

  /** The windows, from short to long. */
  enum Length {
    HOUR("1h", Duration.ofHours(1)),
    DAY("1d", Duration.ofDays(1)),
    WEEK("7d", Duration.ofDays(7));

    private final String text;
    private final Duration duration;

    Length(String text, Duration duration) {
      this.text = text;
      this.duration = duration;
    }

    /** As declared, and at the end of the names of its features. */
    String text() {
      return text;
    }

    Duration duration() {
      return duration;
    }

    private Stream<String> declared() {
      return Stream.of("events, count(*)", "total, sum(v)", "greatest, max(v)")
          .map(each -> each.split(", "))
          .map(
              each ->
                  "  - {name: %1$s_%3$s, expr: %2$s, window: %3$s}"
                      .formatted(each[0], each[1], text));
    }
  }

  /** Names of the nine features, in order. */
  static List<String> features() {
    return Stream.of(Length.values())
        .flatMap(
            length -> Stream.of("events_", "total_", "greatest_").map(name -> name + length.text()))
        .toList();
  }

  /** As a user declares it. */
  static String definitions() {
    String features =
        Stream.of(Length.values()).flatMap(Length::declared).collect(Collectors.joining("\n"));
    return """
        entity: account
        keys: [{name: id, type: bigint}]
        ---
        source: events
        format: parquet
        path: unused
        event_time: at
        columns: [{name: id, type: bigint}, {name: at, type: timestamp}, {name: v, type: bigint}]
        ---
        feature_view: activity
        version: 1
        entity: account
        source: events
        keys: {id: id}
        every: 1h
        features:
        """
        + features
        + "\n";
  }
}
