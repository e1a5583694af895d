package dev.plumbline.bench.store;

import dev.plumbline.offline.Progress;
import dev.plumbline.store.RedisOnlineStore;
import dev.plumbline.store.RedisSettings;
import dev.plumbline.store.local.EphemeralRedis;
import dev.plumbline.type.Micros;
import java.time.InstantSource;
import java.util.List;

/** Measures layouts and writers on a Redis of its own, one after the other. */
public final class RedisBench {
  private final Progress progress;

  public RedisBench(Progress progress) {
    this.progress = progress;
  }

  /**
   * Runs both parts.
   *
   * @param rows that each writer writes in each round
   * @param rounds after a warm-up
   * @throws dev.plumbline.bench.measure.DisagreementException if a writer leaves anything else in
   *     Redis than it should
   */
  public StoreReport run(long rows, int rounds) {
    InstantSource clock = InstantSource.fixed(Micros.instant(Layout.TIME.createdAt()));
    try (EphemeralRedis server = EphemeralRedis.start();
        RedisOnlineStore store =
            RedisOnlineStore.connect(server.address(), RedisSettings.DEFAULT, clock);
        PlainRedis redis = PlainRedis.connect(server.address())) {
      List<Layout> layouts =
          List.of(new PlumblineLayout(store), new FeastLayout(redis), new TextLayout(redis));
      List<LayoutBench.Size> sizes = new LayoutBench(redis, layouts, progress).sizes();
      List<LoadBench.Speed> speeds = new LoadBench(store, redis, progress).speeds(rows, rounds);
      return new StoreReport(sizes, speeds, redis.version());
    }
  }
}
