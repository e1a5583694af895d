package dev.plumbline.expression;

import dev.plumbline.timeline.window.AggregateFunction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the aggregates of a windowed feature are called in SQL. */
final class AggregateNames {
  private static final Map<String, AggregateFunction> NAMES = names();

  private AggregateNames() {}

  /**
   * The function of this name.
   *
   * @param name in lower case
   */
  static Optional<AggregateFunction> find(String name) {
    return Optional.ofNullable(NAMES.get(name));
  }

  static boolean isKnown(String name) {
    return NAMES.containsKey(name);
  }

  /** For messages. */
  static String list() {
    return String.join(", ", NAMES.keySet());
  }

  private static Map<String, AggregateFunction> names() {
    Map<String, AggregateFunction> names = new LinkedHashMap<>();
    names.put("count", AggregateFunction.COUNT);
    names.put("sum", AggregateFunction.SUM);
    names.put("avg", AggregateFunction.AVG);
    names.put("mean", AggregateFunction.AVG);
    names.put("min", AggregateFunction.MIN);
    names.put("max", AggregateFunction.MAX);
    names.put("first", AggregateFunction.FIRST);
    names.put("last", AggregateFunction.LAST);
    names.put("stddev", AggregateFunction.STDDEV);
    names.put("stddev_samp", AggregateFunction.STDDEV);
    return names;
  }
}
