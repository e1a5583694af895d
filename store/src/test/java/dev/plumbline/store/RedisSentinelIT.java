package dev.plumbline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.store.OnlineStore.Lookup;
import dev.plumbline.store.Reading.Found.Present;
import dev.plumbline.store.local.EphemeralSentinels;
import dev.plumbline.timeline.Marker;
import dev.plumbline.type.Bytes;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A primary that is found by asking its sentinels; its faults are {@link SentinelFaultsIT}'s. */
@Timeout(60)
class RedisSentinelIT {
  private static final Marker MARKER = new Marker(1, 2, 3);

  @Test
  void writesAndReadsWhatSentinelsCallThePrimary() {
    OnlineView view = OnlineStoreContract.view("sentinels", 1);
    Bytes key = OnlineStoreContract.key("SFO");
    try (EphemeralSentinels sentinels = EphemeralSentinels.start();
        OnlineStore store =
            RedisOnlineStore.connect(
                sentinels.address(), RedisSettings.DEFAULT, InstantSource.system())) {
      assertThat(store.marker(view)).isEmpty();
      assertThat(
              store.write(
                  view, List.of(new OnlineRecord(key, OnlineStoreContract.row(1, 1, 1, 1)))))
          .isOne();
      assertThat(store.advance(view, Optional.empty(), MARKER)).isTrue();

      Reading reading =
          store.read(List.of(new Lookup(view, List.of(key)))).toCompletableFuture().join().get(0);

      assertThat(reading)
          .isEqualTo(
              new Reading(
                  Optional.of(MARKER), List.of(new Present(OnlineStoreContract.row(1, 1, 1, 1)))));
    }
  }
}
