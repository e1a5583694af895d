package dev.plumbline.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How something grows, or does not.
 *
 * @param along what grows, e.g. {@code live runs before}
 * @param part what the last number of a point is, e.g. {@code of which push}
 */
public record Curve(String along, String part, List<Point> points) {
  private static final int WIDTH = 40;

  public Curve {
    points = List.copyOf(points);
  }

  /**
   * Seconds at one place.
   *
   * @param partSeconds middle seconds of a part of the work
   */
  public record Point(long at, Spread seconds, double partSeconds) {}

  /** A line for each point, with a bar up to the median and a finer one up to the greatest. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("%18s %8s %14s".formatted(along, "median s", part));
    double greatest = points.stream().mapToDouble(each -> each.seconds().max()).max().orElse(1);
    for (Point each : points) {
      int median = (int) Math.round(WIDTH * each.seconds().median() / greatest);
      int max = (int) Math.round(WIDTH * each.seconds().max() / greatest);
      lines.add(
          String.format(
              Locale.ROOT,
              "%,18d %8.2f %14.2f  %s%s",
              each.at(),
              each.seconds().median(),
              each.partSeconds(),
              "#".repeat(median),
              "-".repeat(max - median)));
    }
    return lines;
  }
}
