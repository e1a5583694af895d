package dev.plumbline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.timeline.history.History;
import dev.plumbline.timeline.history.Rule;
import dev.plumbline.timeline.history.Scenario;
import dev.plumbline.timeline.history.Verdict;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** The law of the house, with the records of the online store in between. */
class TimeLawInMemoryTest {
  private static final int HISTORIES = Integer.getInteger("histories", 1_000);
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  @Test
  void servedAnswersAreThePointInTimeAnswers() {
    for (long seed = 0; seed < HISTORIES; seed++) {
      var heads =
          new StoredHeads(
              () -> new InMemoryOnlineStore(CLOCK), StoredHeads.viewOf(Scenario.of(seed)));

      Verdict verdict = History.play(seed, heads, EnumSet.noneOf(Rule.class));

      assertThat(verdict.violations()).as("history of seed %d", seed).isEmpty();
    }
  }
}
