package dev.plumbline.expression;

import dev.plumbline.timeline.window.Aggregate;
import dev.plumbline.timeline.window.AggregateFunction;
import dev.plumbline.timeline.window.Percentile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the aggregates of a windowed feature are called in SQL. */
final class AggregateNames {
  private static final double MIDDLE = 0.5;

  /** Those with one argument. */
  private static final Map<String, Aggregate> NAMES = names();

  /** Those with a fraction beside it. */
  private static final Map<String, Percentile.Method> PERCENTILES = percentiles();

  private AggregateNames() {}

  /**
   * The aggregate of this name that has one argument.
   *
   * @param name in lower case
   */
  static Optional<Aggregate> find(String name) {
    return Optional.ofNullable(NAMES.get(name));
  }

  /**
   * The kind of percentile of this name, which has a fraction beside its argument.
   *
   * @param name in lower case
   */
  static Optional<Percentile.Method> findPercentile(String name) {
    return Optional.ofNullable(PERCENTILES.get(name));
  }

  static boolean isKnown(String name) {
    return NAMES.containsKey(name) || PERCENTILES.containsKey(name);
  }

  static List<String> all() {
    return Stream.concat(NAMES.keySet().stream(), PERCENTILES.keySet().stream()).toList();
  }

  /** For messages. */
  static String list() {
    return String.join(", ", all());
  }

  private static Map<String, Aggregate> names() {
    Map<String, Aggregate> names = new LinkedHashMap<>();
    names.put("count", AggregateFunction.COUNT);
    names.put("approx_count_distinct", AggregateFunction.COUNT_DISTINCT);
    names.put("sum", AggregateFunction.SUM);
    names.put("avg", AggregateFunction.AVG);
    names.put("mean", AggregateFunction.AVG);
    names.put("min", AggregateFunction.MIN);
    names.put("max", AggregateFunction.MAX);
    names.put("first", AggregateFunction.FIRST);
    names.put("last", AggregateFunction.LAST);
    names.put("mode", AggregateFunction.MODE);
    names.put("stddev", AggregateFunction.STDDEV);
    names.put("stddev_samp", AggregateFunction.STDDEV);
    names.put("stddev_pop", AggregateFunction.STDDEV_POP);
    names.put("variance", AggregateFunction.VARIANCE);
    names.put("var_samp", AggregateFunction.VARIANCE);
    names.put("var_pop", AggregateFunction.VAR_POP);
    names.put("median", new Percentile(Percentile.Method.INTERPOLATED, MIDDLE));
    return names;
  }

  private static Map<String, Percentile.Method> percentiles() {
    Map<String, Percentile.Method> names = new LinkedHashMap<>();
    names.put("percentile", Percentile.Method.INTERPOLATED);
    names.put("approx_percentile", Percentile.Method.NEAREST_RANK);
    names.put("percentile_approx", Percentile.Method.NEAREST_RANK);
    return names;
  }
}
