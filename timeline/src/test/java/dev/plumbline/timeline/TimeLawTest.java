package dev.plumbline.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.timeline.history.History;
import dev.plumbline.timeline.history.InMemoryHeadStore;
import dev.plumbline.timeline.history.Rule;
import dev.plumbline.timeline.history.Verdict;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The law of the house under random histories, and under histories without one of its rules. */
class TimeLawTest {
  private static final int HISTORIES = Integer.getInteger("histories", 3_000);

  @Test
  void servedAnswersAreThePointInTimeAnswersAndStaySo() {
    for (long seed = 0; seed < HISTORIES; seed++) {
      Verdict verdict = play(seed, EnumSet.noneOf(Rule.class));
      assertThat(verdict.violations()).as("history of seed %d", seed).isEmpty();
    }
  }

  @Test
  void historiesAreOfAllKinds() {
    int readings = 0;
    int inFlight = 0;
    int rows = 0;
    for (long seed = 0; seed < 100; seed++) {
      Verdict verdict = play(seed, EnumSet.noneOf(Rule.class));
      readings += verdict.readings();
      inFlight += verdict.inFlight();
      rows += verdict.rows();
    }

    assertThat(readings).isGreaterThan(10_000);
    assertThat(inFlight).isGreaterThan(100);
    assertThat(rows).isGreaterThan(1_000);
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void someHistoryGoesWrongWithoutTheRule(Rule rule) {
    TreeMap<String, Integer> broken = new TreeMap<>();
    for (long seed = 0; seed < HISTORIES && broken.isEmpty(); seed++) {
      for (String violation : play(seed, EnumSet.of(rule)).violations()) {
        broken.merge(violation.substring(0, violation.indexOf(':')), 1, Integer::sum);
      }
    }

    assertThat(broken).as("what breaks without %s", rule).isNotEmpty();
  }

  private static Verdict play(long seed, Set<Rule> off) {
    return History.play(seed, new InMemoryHeadStore(Rule.order(off)), off);
  }
}
