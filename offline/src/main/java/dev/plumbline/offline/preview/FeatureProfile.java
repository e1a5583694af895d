package dev.plumbline.offline.preview;

import dev.plumbline.type.Field;
import java.util.List;

/**
 * How the values of one feature lie over the entities of a refresh.
 *
 * @param values that are not null
 */
public record FeatureProfile(Field feature, long nulls, long values, Spread spread) {
  /** The share of nulls, from 0 to 1; of no entity 0. */
  public double nullShare() {
    long all = nulls + values;
    return all == 0 ? 0 : (double) nulls / all;
  }

  /** Where the values lie that are not null. */
  public sealed interface Spread {
    /** There are none, or they have no order and are not counted. */
    record Unknown() implements Spread {}

    /**
     * Numbers, or the lengths of arrays and binary values.
     *
     * @param mean without NaN
     * @param notANumber how many are NaN; they are in neither bound and in no bin
     * @param histogram how many values lie in each bin, from {@code least} to {@code greatest} in
     *     steps of one width; a bin for each value where they are few whole numbers; empty if a
     *     bound is infinite
     */
    record Numbers(
        double least, double greatest, double mean, long notANumber, List<Long> histogram)
        implements Spread {
      public Numbers {
        histogram = List.copyOf(histogram);
      }
    }

    /**
     * Dates or timestamps.
     *
     * @param least canonical
     * @param greatest canonical
     * @param histogram as of numbers
     */
    record Times(Object least, Object greatest, List<Long> histogram) implements Spread {
      public Times {
        histogram = List.copyOf(histogram);
      }
    }

    /** Texts and booleans: the most frequent ones, those first. Counts are estimates if many. */
    record Words(List<Word> most) implements Spread {
      public Words {
        most = List.copyOf(most);
      }
    }
  }

  /** A value, and how many entities have it. */
  public record Word(Object value, long count) {}
}
