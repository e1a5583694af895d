package dev.plumbline.store;

import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The threads of a store that shares none: two event loops, no latency statistics. */
final class RedisResources {
  private static final int LEAST_THREADS = 2;
  private static final Duration FIRST_RECONNECT = Duration.ofMillis(10);
  private static final Duration SLOWEST_RECONNECT = Duration.ofSeconds(1);

  private RedisResources() {}

  static ClientResources own() {
    return DefaultClientResources.builder()
        .ioThreadPoolSize(LEAST_THREADS)
        .computationThreadPoolSize(LEAST_THREADS)
        .commandLatencyRecorder(CommandLatencyRecorder.disabled())
        .reconnectDelay(
            () -> Delay.exponential(FIRST_RECONNECT, SLOWEST_RECONNECT, 2, TimeUnit.MILLISECONDS))
        .build();
  }

  static void shutDown(ClientResources resources) {
    resources.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }
}
