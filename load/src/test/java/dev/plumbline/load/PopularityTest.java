package dev.plumbline.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.load.Popularity.Uniform;
import dev.plumbline.load.Popularity.Zipf;
import java.util.Arrays;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

class PopularityTest {
  private static final int THINGS = 1_000;
  private static final int CHOICES = 1_000_000;

  @Test
  void uniformAsksForAllAlike() {
    assertThat(Arrays.stream(counts(new Uniform().choices(THINGS, 7))))
        .allMatch(n -> n > 800 && n < 1_200);
  }

  @Test
  void zipfAsksForTheSecondHalfAsOftenAsForTheFirst() {
    int[] counts = counts(new Zipf(1).choices(THINGS, 7));

    Arrays.sort(counts);
    double harmonic = 0;
    for (int k = 1; k <= THINGS; k++) {
      harmonic += 1.0 / k;
    }
    assertThat(counts[THINGS - 1] / (CHOICES / harmonic)).isBetween(0.98, 1.02);
    assertThat((double) counts[THINGS - 1] / counts[THINGS - 2]).isBetween(1.9, 2.1);
    assertThat(counts[0]).isPositive(); // every one is asked for
  }

  @Test
  void zipfPrefersOthersWithAnotherSeed() {
    assertThat(favourite(new Zipf(1.1).choices(THINGS, 1)))
        .isNotEqualTo(favourite(new Zipf(1.1).choices(THINGS, 2)));
  }

  @Test
  void chooseTheSameWithTheSameSeed() {
    for (Popularity each : new Popularity[] {new Uniform(), new Zipf(0.99)}) {
      assertThat(each.choices(THINGS, 3).getAsInt()).isEqualTo(each.choices(THINGS, 3).getAsInt());
    }
  }

  @Test
  void chooseTheOnlyOne() {
    assertThat(new Uniform().choices(1, 1).getAsInt()).isZero();
    assertThat(new Zipf(1).choices(1, 1).getAsInt()).isZero();
  }

  @Test
  void anExponentIsPositive() {
    assertThatThrownBy(() -> new Zipf(0)).hasMessageContaining("expected: more than 0");
    assertThatThrownBy(() -> new Zipf(Double.NaN)).hasMessageContaining("expected: more than 0");
  }

  private static int favourite(IntSupplier choices) {
    int[] counts = counts(choices);
    int favourite = 0;
    for (int i = 0; i < THINGS; i++) {
      favourite = counts[i] > counts[favourite] ? i : favourite;
    }
    return favourite;
  }

  private static int[] counts(IntSupplier choices) {
    int[] counts = new int[THINGS];
    for (int i = 0; i < CHOICES; i++) {
      counts[choices.getAsInt()]++;
    }
    return counts;
  }
}
