package dev.plumbline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.RowTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InMemoryOnlineStoreTest extends OnlineStoreContract {
  private Instant now = NOW;

  @Override
  OnlineStore open(InstantSource clock) {
    return new InMemoryOnlineStore(() -> now);
  }

  @Override
  void put(byte[] key, byte[] value) {
    memory().put(key, value, Instant.MAX);
  }

  @Override
  Optional<Duration> timeToLive(byte[] key) {
    return memory().expiryOf(key).map(expiry -> Duration.between(now, expiry));
  }

  @Test
  void forgetsATombstoneAfterSevenDays() {
    FeatureRow tombstone = FeatureRow.tombstone(new RowTime(1, 1, 1));
    store.write(view, List.of(new OnlineRecord(key("a"), tombstone)));

    now = NOW.plus(Duration.ofDays(7)).minusMillis(1);
    assertThat(entityKeys(view)).containsExactly(key("a"));
    now = NOW.plus(Duration.ofDays(7));
    assertThat(entityKeys(view)).isEmpty();
  }

  private InMemoryOnlineStore memory() {
    return (InMemoryOnlineStore) store;
  }
}
