package dev.plumbline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.timeline.history.History;
import dev.plumbline.timeline.history.Rule;
import dev.plumbline.timeline.history.Scenario;
import dev.plumbline.timeline.history.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The law of the house on a cluster, which is lost and put back as histories will have it. */
class TimeLawOnClusterIT {
  private static final int HISTORIES = Integer.getInteger("histories.cluster", 15);

  /** Where the histories of this run begin; {@code -Dhistories.seed} repeats others. */
  private static final long FIRST = Long.getLong("histories.seed", 20_000);

  private static TestingCluster cluster;
  private static RedisOnlineStore store;

  @BeforeAll
  static void startCluster() {
    cluster = new TestingCluster();
    store =
        RedisOnlineStore.connect(
            cluster.address(),
            RedisSettings.DEFAULT.withTimeout(Duration.ofSeconds(10)),
            InstantSource.fixed(Instant.EPOCH));
  }

  @AfterAll
  static void stopCluster() {
    store.close();
    cluster.close();
  }

  @Test
  void servedAnswersAreThePointInTimeAnswers() {
    for (long seed = FIRST; seed < FIRST + HISTORIES; seed++) {
      var heads =
          new StoredHeads(TimeLawOnClusterIT::emptied, StoredHeads.viewOf(Scenario.of(seed)));

      Verdict verdict = History.play(seed, heads, EnumSet.noneOf(Rule.class));

      assertThat(verdict.violations()).as("history of seed %d", seed).isEmpty();
    }
  }

  private static OnlineStore emptied() {
    cluster.flush();
    return store;
  }
}
