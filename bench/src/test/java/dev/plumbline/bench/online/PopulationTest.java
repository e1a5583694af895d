package dev.plumbline.bench.online;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.bench.online.Cell.Fact;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PopulationTest {
  private static final Population POPULATION = new Population(20_000);

  @Test
  void hasTheSharesThatItSays() {
    Map<Fact, Double> shares = new EnumMap<>(Fact.class);
    double cells = (double) POPULATION.asked() * Population.FEATURES;
    for (int entity = 0; entity < POPULATION.asked(); entity++) {
      for (int feature = 0; feature < Population.FEATURES; feature++) {
        shares.merge(POPULATION.cellOf(entity, feature).fact(), 1 / cells, Double::sum);
      }
    }

    assertThat(shares.get(Fact.MISSING)).isBetween(0.0499, 0.0501);
    assertThat(shares.get(Fact.EXPIRED)).isBetween(0.008, 0.011);
    assertThat(shares.get(Fact.NULL)).isBetween(0.018, 0.02);
    assertThat(shares).doesNotContainKey(Fact.OTHER);
  }

  @Test
  void hasAnotherValueInEachCell() {
    Set<Double> values = new HashSet<>();
    for (int entity = 0; entity < 100; entity++) {
      for (int feature = 0; feature < Population.VIEWS * Population.FEATURES; feature++) {
        values.add(POPULATION.value(entity, feature));
      }
    }

    assertThat(values)
        .hasSize(100 * Population.VIEWS * Population.FEATURES)
        .allMatch(value -> value >= 0 && value < 1);
  }

  @Test
  void theSmallestHasOneOfEachKind() {
    Population smallest = new Population(Population.FEWEST);
    Set<Fact> facts = new HashSet<>();
    for (int entity = 0; entity < smallest.asked(); entity++) {
      facts.add(smallest.cellOf(entity, 0).fact());
    }

    assertThat(facts)
        .containsExactlyInAnyOrder(Fact.PRESENT, Fact.NULL, Fact.MISSING, Fact.EXPIRED);
  }
}
