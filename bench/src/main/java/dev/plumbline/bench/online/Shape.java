package dev.plumbline.bench.online;

import dev.plumbline.load.Popularity;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What one call asks for. */
enum Shape {
  ROW("1x50", 1, 1, new Popularity.Uniform()),
  BATCH("100x50", 100, 1, new Popularity.Uniform()),
  FIVE_VIEWS("1x250", 1, 5, new Popularity.Uniform()),
  /** {@link #ROW} with keys as popular as YCSB takes them. */
  POPULAR("1x50-zipf", 1, 1, new Popularity.Zipf(0.99));

  private final String title;
  private final int rows;
  private final int views;

  @SuppressWarnings("ImmutableEnumChecker") // records of numbers
  private final Popularity popularity;

  Shape(String title, int rows, int views, Popularity popularity) {
    this.title = title;
    this.rows = rows;
    this.views = views;
    this.popularity = popularity;
  }

  static List<String> titles() {
    return Stream.of(values()).map(Shape::title).toList();
  }

  /** As it is written in results. */
  String title() {
    return title;
  }

  /** Entities of a call. */
  int rows() {
    return rows;
  }

  /** The first so many views are asked for, with all their features. */
  int views() {
    return views;
  }

  int features() {
    return views * Population.FEATURES;
  }

  Popularity popularity() {
    return popularity;
  }

  /** The first views, from 0. */
  IntStream eachView() {
    return IntStream.range(0, views);
  }
}
