package dev.plumbline.bench.measure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * What a ratio of two medians is held against.
 *
 * @param name of the ratio, for people
 * @param bound that is to be reached
 */
public record Target(String name, Sense sense, double bound, double reached) {
  /** Which side of the bound is good. */
  public enum Sense {
    AT_LEAST,
    AT_MOST
  }

  public boolean isMet() {
    return sense == Sense.AT_LEAST ? reached >= bound : reached <= bound;
  }

  /** A line for people. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "%s: %.2f (target: %s %s, %s)",
        name,
        reached,
        sense == Sense.AT_LEAST ? "at least" : "at most",
        bound,
        isMet() ? "met" : "MISSED");
  }

  /** The same for programs. */
  public void put(ObjectNode node) {
    node.put("ratio", name)
        .put(sense == Sense.AT_LEAST ? "at_least" : "at_most", bound)
        .put("reached", Report.rounded(reached))
        .put("met", isMet());
  }
}
