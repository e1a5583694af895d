package dev.plumbline.load;

import dev.plumbline.client.PlumblineClient;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Connections to one server in plain text, whose replies are received on event loops of their own:
 * half as many as the machine has processors, since what else is measured needs some too.
 */
public final class Channels implements AutoCloseable {
  private final EventLoopGroup loops;
  private final List<ManagedChannel> channels;

  private Channels(EventLoopGroup loops, List<ManagedChannel> channels) {
    this.loops = loops;
    this.channels = channels;
  }

  /**
   * So many connections. They connect with their first call.
   *
   * @param target {@code host:port}
   */
  public static Channels to(String target, int connections) {
    boolean epoll = Epoll.isAvailable();
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
            epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    return new Channels(
        loops,
        IntStream.range(0, connections)
            .mapToObj(
                i ->
                    NettyChannelBuilder.forTarget(target)
                        .usePlaintext()
                        .directExecutor()
                        .eventLoopGroup(loops)
                        .channelType(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                        .maxInboundMessageSize(PlumblineClient.MOST_REPLY_BYTES)
                        .build())
            .toList());
  }

  /** One for each connection. */
  public List<Channel> each() {
    return List.copyOf(channels);
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
  }
}
