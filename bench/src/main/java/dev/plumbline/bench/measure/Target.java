package dev.plumbline.bench.measure;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/**
 * What a ratio of two medians, or a difference, is held against.
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
        new DecimalFormat("0.0#", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(bound),
        isMet() ? "met" : "MISSED");
  }
}
