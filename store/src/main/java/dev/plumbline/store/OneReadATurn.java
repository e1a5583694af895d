package dev.plumbline.store;

import io.lettuce.core.resource.NettyCustomizer;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;

/**
 * Takes one buffer of what Redis has answered in a turn of the loop, 64 KiB at most, instead of
 * sixteen: so replies leave while Redis looks up for the next ones, and nobody waits for a long
 * turn to end.
 */
final class OneReadATurn implements NettyCustomizer {
  @Override
  public void afterBootstrapInitialized(Bootstrap bootstrap) {
    bootstrap.option(
        ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator().maxMessagesPerRead(1));
  }
}
