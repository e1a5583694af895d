package dev.plumbline.timeline.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Steps per event, not time, as a window holds ten times and a hundred times the events, with a
 * result after every event. Counts and distinct counts are an array each, sums three limbs whatever
 * the window holds, so they have nothing to measure.
 */
class WindowCostTest {
  private static final int[] SIZES = {1_000, 10_000, 100_000};

  /** How the values of the events of a window lie. Each event is late now and then. */
  private enum Values {
    ALL_DIFFERENT,
    /** Each event beyond those before it: what comes and goes lies at the ends. */
    RISING,
    FALLING,
    FEW,
    /** Every second event has the same one. */
    ONE_STANDS_OUT,
    /** Low and high by turns of a whole window: the middle wanders from end to end. */
    TIDES;

    /** The place of the value of each of {@code 4 * size} events, below that number. */
    int[] places(int size, Random random) {
      int events = 4 * size;
      int[] places = new int[events];
      for (int event = 0; event < events; event++) {
        int any = random.nextInt(events);
        places[event] =
            switch (this) {
              case ALL_DIFFERENT -> any;
              case RISING -> event;
              case FALLING -> events - 1 - event;
              case FEW -> any % 5;
              case ONE_STANDS_OUT -> event % 2 == 0 ? size : any;
              case TIDES -> event / size % 2 == 0 ? any / 4 : events - 1 - any / 4;
            };
      }
      return places;
    }
  }

  @ParameterizedTest
  @EnumSource(Values.class)
  void aPercentileMakesFourMovesForEachEventAtMost(Values values) {
    for (int size : SIZES) {
      for (double fraction : new double[] {0, 0.5, 0.95, 1}) {
        RankedCounts counts = new RankedCounts(4 * size);
        int[] looks = new int[1];
        Runnable look =
            () -> {
              looks[0]++;
              counts.placeAt((int) Math.floor(fraction * (counts.size() - 1)));
              counts.placeAt((int) Math.ceil(fraction * (counts.size() - 1)));
            };

        int changes =
            slide(
                values.places(size, new Random(size)),
                size,
                place -> {
                  counts.add(place);
                  look.run();
                },
                place -> {
                  counts.remove(place);
                  if (counts.size() > 0) {
                    look.run();
                  }
                });

        assertThat(counts.moves())
            .as("%s, %d events in the window, percentile at %s", values, size, fraction)
            .isLessThanOrEqualTo(2L * changes + 2L * looks[0]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Values.class)
  void theModeTakesTheLogarithmOfTheValuesAtMost(Values values) {
    double[] matchesPerChange = new double[SIZES.length];
    for (int i = 0; i < SIZES.length; i++) {
      Tournament counts = new Tournament(4 * SIZES[i]);

      int changes =
          slide(
              values.places(SIZES[i], new Random(SIZES[i])),
              SIZES[i],
              place -> counts.change(place, 1),
              place -> counts.change(place, -1));

      matchesPerChange[i] = (double) counts.matches() / changes;
      assertThat(matchesPerChange[i])
          .as("%s, %d events in the window", values, SIZES[i])
          .isLessThan(Integer.SIZE - Integer.numberOfLeadingZeros(4 * SIZES[i]));
    }
    assertThat(matchesPerChange[2])
        .as("%s: %s", values, Arrays.toString(matchesPerChange))
        .isLessThan(2 * matchesPerChange[0]);
  }

  /** For min, max, first and last, and for each move of a percentile. */
  @Test
  void aSetOfRanksIsThreeDeepWhereAHundredTimesLessAreTwo() {
    assertThat(new IndexSet(SIZES[0]).depth()).isEqualTo(2);
    assertThat(new IndexSet(SIZES[1]).depth()).isEqualTo(3);
    assertThat(new IndexSet(SIZES[2]).depth()).isEqualTo(3);
  }

  /**
   * A window of {@code size} over events of these places, one in ten of which comes late by up to
   * half a window; returns how many times one came or went.
   */
  private static int slide(int[] places, int size, IntConsumer enters, IntConsumer leaves) {
    Random random = new Random(places.length);
    int[] arrival = new int[places.length];
    Arrays.setAll(
        arrival, event -> event + (random.nextInt(10) == 0 ? random.nextInt(size / 2) : 0));
    int[] byArrival =
        IntStream.range(0, places.length)
            .boxed()
            .sorted(Comparator.comparing(event -> arrival[event]))
            .mapToInt(Integer::intValue)
            .toArray();
    int entered = 0;
    int left = 0;
    for (int now = 0; left < places.length; now++) {
      for (; entered < places.length && arrival[byArrival[entered]] == now; entered++) {
        enters.accept(places[byArrival[entered]]);
      }
      if (now >= size) {
        leaves.accept(places[left++]);
      }
    }
    return entered + left;
  }
}
