package dev.plumbline.online;

import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.EventLoopGroupProvider;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Makes connections to Redis live on one event loop, which is not theirs to stop. */
record LoopResources(EventLoop loop) implements EventLoopGroupProvider {
  private static final int LEAST_THREADS = 2;
  private static final Duration FIRST_RECONNECT = Duration.ofMillis(10);
  private static final Duration SLOWEST_RECONNECT = Duration.ofSeconds(1);

  static ClientResources of(EventLoop loop) {
    return DefaultClientResources.builder()
        .eventLoopGroupProvider(new LoopResources(loop))
        .computationThreadPoolSize(LEAST_THREADS)
        .commandLatencyRecorder(CommandLatencyRecorder.disabled())
        .nettyCustomizer(new OneReadATurn())
        .reconnectDelay(
            () -> Delay.exponential(FIRST_RECONNECT, SLOWEST_RECONNECT, 2, TimeUnit.MILLISECONDS))
        .build();
  }

  /**
   * Takes one buffer of what Redis has answered in a turn of the loop, 64 KiB at most, instead of
   * sixteen: so replies leave while Redis looks up for the next ones, and nobody waits for a long
   * turn to end.
   */
  private static final class OneReadATurn implements NettyCustomizer {
    @Override
    public void afterBootstrapInitialized(Bootstrap bootstrap) {
      bootstrap.option(
          ChannelOption.RECVBUF_ALLOCATOR,
          new AdaptiveRecvByteBufAllocator().maxMessagesPerRead(1));
    }
  }

  /** Lettuce names a class of groups, but asks only for a group. */
  @Override
  @SuppressWarnings("unchecked")
  public <T extends EventLoopGroup> T allocate(Class<T> type) {
    return (T) loop;
  }

  @Override
  public int threadPoolSize() {
    return 1;
  }

  @Override
  public Future<Boolean> release(
      EventExecutorGroup group, long quietPeriod, long timeout, TimeUnit unit) {
    return ImmediateEventExecutor.INSTANCE.newSucceededFuture(true);
  }

  @Override
  public Future<Boolean> shutdown(long quietPeriod, long timeout, TimeUnit unit) {
    return ImmediateEventExecutor.INSTANCE.newSucceededFuture(true);
  }
}
