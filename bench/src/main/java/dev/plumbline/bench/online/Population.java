package dev.plumbline.bench.online;

import dev.plumbline.bench.online.Cell.Fact;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Entities and their features, as functions of their numbers: so that any reply can be checked, and
 * nothing must be kept for it. Of 20 that are asked for one is not there, of 100 one is expired, of
 * 50 cells one is null; values are random in all their bits.
 *
 * @param entities that have records, numbered from 0
 */
record Population(int entities) {
  /** Features of a view. */
  static final int FEATURES = 50;

  /** Views; features are numbered through all of them. */
  static final int VIEWS = 5;

  private static final List<String> NAMES =
      IntStream.range(0, VIEWS * FEATURES)
          .mapToObj(feature -> "score_%d_%02d".formatted(feature / FEATURES, feature % FEATURES))
          .toList();

  private static final int ONE_MISSING_FOR = 19;
  private static final int ONE_EXPIRED_OF = 100;
  private static final int ONE_NULL_OF = 50;

  /** The smallest population that has one of each kind. */
  static final int FEWEST = 1_000;

  /** Whoever asks takes a number below this; those from {@link #entities} on are not there. */
  int asked() {
    return entities + entities / ONE_MISSING_FOR;
  }

  /** The name of a feature. */
  static String name(int feature) {
    return NAMES.get(feature);
  }

  boolean isExpired(int entity) {
    return Math.floorMod(mixed(entity), ONE_EXPIRED_OF) == 0;
  }

  boolean isNull(int entity, int feature) {
    return Math.floorMod(mixed(cell(entity, feature) ^ Long.MIN_VALUE), ONE_NULL_OF) == 0;
  }

  /** At least 0 and less than 1. */
  double value(int entity, int feature) {
    return (mixed(cell(entity, feature)) >>> 11) * 0x1p-53;
  }

  /** What a server must say. */
  Cell cellOf(int entity, int feature) {
    if (entity >= entities) {
      return Cell.without(Fact.MISSING);
    }
    if (isExpired(entity)) {
      return Cell.without(Fact.EXPIRED);
    }
    return isNull(entity, feature) ? Cell.without(Fact.NULL) : Cell.present(value(entity, feature));
  }

  private static long cell(int entity, int feature) {
    return (long) entity * (VIEWS * FEATURES) + feature;
  }

  /** The finalizer of SplitMix64. */
  private static long mixed(long number) {
    long z = number + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
