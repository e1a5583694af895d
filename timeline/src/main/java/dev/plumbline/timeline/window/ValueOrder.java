package dev.plumbline.timeline.window;

import java.util.Comparator;

/**
 * The order of canonical values of one type, the same as Spark's: NaN is the greatest number, false
 * comes before true, binary is unsigned, strings are ordered by their UTF-8 bytes.
 */
public final class ValueOrder {
  private ValueOrder() {}

  public static final Comparator<Object> INSTANCE = ValueOrder::compare;

  @SuppressWarnings("unchecked") // values of one type, each comparable with its own kind
  private static int compare(Object one, Object other) {
    if (one instanceof String string) {
      return compareCodePoints(string, (String) other);
    }
    return ((Comparable<Object>) one).compareTo(other);
  }

  /** UTF-8 orders as code points do; UTF-16 puts those beyond the basic plane before U+E000. */
  private static int compareCodePoints(String one, String other) {
    int length = Math.min(one.length(), other.length());
    for (int i = 0; i < length; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a != b) {
        boolean surrogateA = Character.isSurrogate(a);
        boolean surrogateB = Character.isSurrogate(b);
        return surrogateA == surrogateB ? a - b : surrogateA ? 1 : -1;
      }
    }
    return one.length() - other.length();
  }
}
