package dev.plumbline.bench.measure;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Numbers in the JSON of findings, in one form. */
public final class Json {
  private static final double THOUSANDTHS = 1_000;

  private Json() {}

  public static void put(ObjectNode node, Spread spread) {
    node.put("min", rounded(spread.min()))
        .put("median", rounded(spread.median()))
        .put("max", rounded(spread.max()));
  }

  /** To three digits after the point. */
  public static double rounded(double value) {
    return Math.round(value * THOUSANDTHS) / THOUSANDTHS;
  }
}
