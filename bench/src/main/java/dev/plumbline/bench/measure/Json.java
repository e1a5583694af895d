package dev.plumbline.bench.measure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What all findings have in their JSON, in one form. */
public final class Json {
  private static final double THOUSANDTHS = 1_000;

  private Json() {}

  public static void put(ObjectNode node, Spread spread) {
    node.put("min", rounded(spread.min()))
        .put("median", rounded(spread.median()))
        .put("max", rounded(spread.max()));
  }

  public static void put(ArrayNode held, List<Target> targets) {
    for (Target target : targets) {
      held.addObject()
          .put("ratio", target.name())
          .put(target.sense() == Target.Sense.AT_LEAST ? "at_least" : "at_most", target.bound())
          .put("reached", rounded(target.reached()))
          .put("met", target.isMet());
    }
  }

  public static void put(ObjectNode where, Machine machine) {
    machine.residentBytes().ifPresent(bytes -> where.put("resident_bytes", bytes));
    where
        .put("cores", machine.cores())
        .put("heap_bytes", machine.heapBytes())
        .put("java", machine.java())
        .put("spark", machine.spark())
        .put("load", rounded(machine.load()));
  }

  /** To three digits after the point. */
  public static double rounded(double value) {
    return Math.round(value * THOUSANDTHS) / THOUSANDTHS;
  }
}
