package dev.plumbline.definition.yaml;

import dev.plumbline.definition.ProblemCode;
import dev.plumbline.definition.Source;
import dev.plumbline.definition.Source.EventTime;
import dev.plumbline.timeline.ViewTiming;
import dev.plumbline.yaml.DurationText;
import dev.plumbline.yaml.Problems;
import dev.plumbline.yaml.Scalar;
import dev.plumbline.yaml.YamlMapping;
import java.time.Duration;
import java.util.Optional;

/** Reads how a view lies in time. */
final class TimingReader {
  private final Problems problems;

  TimingReader(Problems problems) {
    this.problems = problems;
  }

  Optional<ViewTiming> read(YamlMapping document, boolean windowed, Optional<Source> source) {
    int before = problems.count();
    Optional<Duration> every =
        document.scalar(FeatureViewKeys.EVERY).flatMap(TimingReader::positive);
    Duration lag =
        document
            .scalar(FeatureViewKeys.AVAILABILITY_LAG)
            .flatMap(Scalar::duration)
            .orElse(Duration.ZERO);
    Optional<Scalar> maxAgeText = document.scalar(FeatureViewKeys.MAX_AGE);
    Optional<Duration> maxAge = maxAgeText.flatMap(Scalar::duration);
    if (problems.count() > before) {
      return Optional.empty();
    }
    Duration least = every.orElseThrow().plus(lag);
    if (maxAge.isPresent() && maxAge.get().compareTo(least) < 0) {
      maxAgeText
          .get()
          .reject(
              ProblemCode.MAX_AGE_TOO_SHORT
                  .found(
                      "is shorter than every + availability_lag, so a punctual pipeline would be EXPIRED between two refreshes")
                  .expected("at least %s", DurationText.of(least))
                  .remedy("raise it, or leave it out: nothing expires then"));
      return Optional.empty();
    }
    if (maxAge.isPresent() && isTimeless(source)) {
      maxAgeText
          .get()
          .reject(
              ProblemCode.NO_MEANING
                  .found(
                      "has no meaning over source '%s', whose event_time is constant",
                      source.get().name())
                  .remedy("remove max_age"));
      return Optional.empty();
    }
    return Optional.of(new ViewTiming(FeatureViewReader.shape(windowed), every.get(), lag, maxAge));
  }

  private static Optional<Duration> positive(Scalar text) {
    Optional<Duration> duration = text.duration();
    return duration.filter(Duration::isZero).isPresent()
        ? text.reject(
            ProblemCode.BAD_DURATION
                .found("is no distance between refreshes")
                .expected("more than 0"))
        : duration;
  }

  private static boolean isTimeless(Optional<Source> source) {
    return source.filter(known -> known.eventTime() instanceof EventTime.Constant).isPresent();
  }
}
