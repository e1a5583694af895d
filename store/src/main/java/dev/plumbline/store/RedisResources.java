package dev.plumbline.store;

import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The threads of a store's connections, which are its own or lent; no latency statistics. */
final class RedisResources {
  private static final int LEAST_THREADS = 2;
  private static final Duration FIRST_RECONNECT = Duration.ofMillis(10);
  private static final Duration SLOWEST_RECONNECT = Duration.ofSeconds(1);

  private RedisResources() {}

  /** Two event loops that nobody else uses. */
  static ClientResources own() {
    return builder().ioThreadPoolSize(LEAST_THREADS).build();
  }

  /** One event loop that others use too, and that goes on when these are shut down. */
  static ClientResources on(EventLoop loop) {
    return builder()
        .eventLoopGroupProvider(new LentLoop(loop))
        .nettyCustomizer(new OneReadATurn())
        .build();
  }

  private static ClientResources.Builder builder() {
    return DefaultClientResources.builder()
        .computationThreadPoolSize(LEAST_THREADS)
        .commandLatencyRecorder(CommandLatencyRecorder.disabled())
        .reconnectDelay(
            () -> Delay.exponential(FIRST_RECONNECT, SLOWEST_RECONNECT, 2, TimeUnit.MILLISECONDS));
  }

  static void shutDown(ClientResources resources) {
    resources.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }
}
