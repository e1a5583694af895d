package dev.plumbline.online;

import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The threads that carry a server's calls, with epoll where there is one. */
final class EventLoops implements AutoCloseable {
  private final EventLoopGroup group;
  private final Class<? extends ServerChannel> channel;

  EventLoops(int threads) {
    boolean epoll = Epoll.isAvailable();
    group =
        new MultiThreadIoEventLoopGroup(
            threads, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    channel = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  /**
   * Half of the machine's processors: what calls need beside them is done by the store, the kernel
   * and, on one machine, the callers.
   */
  static EventLoops ofThisMachine() {
    return new EventLoops(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
  }

  NettyServerBuilder carry(NettyServerBuilder server) {
    return server
        .bossEventLoopGroup(group)
        .workerEventLoopGroup(group)
        .channelType(channel)
        .directExecutor();
  }

  /** One per thread. */
  List<EventLoop> each() {
    List<EventLoop> loops = new ArrayList<>();
    group.forEach(loop -> loops.add((EventLoop) loop));
    return loops;
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
  }
}
