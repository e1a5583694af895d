package dev.plumbline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.store.local.EphemeralRedis;
import dev.plumbline.timeline.history.History;
import dev.plumbline.timeline.history.Rule;
import dev.plumbline.timeline.history.Scenario;
import dev.plumbline.timeline.history.Verdict;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The law of the house on a real Redis, which is lost and put back as histories will have it. */
class TimeLawOnRedisIT {
  private static final int HISTORIES = Integer.getInteger("histories.redis", 250);

  /** Where the histories of this run begin; {@code -Dhistories.seed} repeats others. */
  private static final long FIRST = Long.getLong("histories.seed", 10_000);

  private static TestingRedis redis;
  private static RedisCommands<byte[], byte[]> commands;
  private static RedisOnlineStore store;

  @BeforeAll
  static void startRedis() {
    EphemeralRedis own = EphemeralRedis.start();
    redis = new TestingRedis(own.address(), own::close);
    commands = redis.commands();
    store =
        RedisOnlineStore.connect(
            own.address(), RedisSettings.DEFAULT, InstantSource.fixed(Instant.EPOCH));
  }

  @AfterAll
  static void stopRedis() {
    store.close();
    redis.close();
  }

  @Test
  void servedAnswersAreThePointInTimeAnswers() {
    int readings = 0;
    for (long seed = FIRST; seed < FIRST + HISTORIES; seed++) {
      var heads = new StoredHeads(TimeLawOnRedisIT::emptied, StoredHeads.viewOf(Scenario.of(seed)));

      Verdict verdict = History.play(seed, heads, EnumSet.noneOf(Rule.class));

      assertThat(verdict.violations()).as("history of seed %d", seed).isEmpty();
      readings += verdict.readings();
    }
    assertThat(readings).isGreaterThan(100 * HISTORIES);
  }

  private static OnlineStore emptied() {
    commands.flushall();
    return store;
  }
}
