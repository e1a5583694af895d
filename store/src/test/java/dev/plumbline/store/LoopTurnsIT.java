package dev.plumbline.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How often a connection to a real Redis is flushed. */
@Timeout(60)
class LoopTurnsIT {
  private static final int READS = 10;

  private final ViewSet views = ViewSet.of(List.of(OnlineStoreContract.view("turns", 1)));
  private final AtomicInteger flushes = new AtomicInteger();
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
  private final EventLoop loop = group.next();

  private TestingRedis redis;
  private ClientResources resources;
  private RedisConnection connection;
  private LoopTurns turns;

  /** Counts what goes to the socket in one go. */
  @ChannelHandler.Sharable
  private final class Flushes extends ChannelOutboundHandlerAdapter implements NettyCustomizer {
    @Override
    public void afterChannelInitialized(Channel channel) {
      channel.pipeline().addFirst(this);
    }

    @Override
    public void flush(ChannelHandlerContext context) {
      flushes.incrementAndGet();
      context.flush();
    }
  }

  @BeforeEach
  void start() throws Exception {
    redis = TestingRedis.start();
    resources =
        DefaultClientResources.builder()
            .eventLoopGroupProvider(new LentLoop(loop))
            .nettyCustomizer(new Flushes())
            .build();
    connection = RedisConnection.open(redis.address(), RedisSettings.DEFAULT, resources);
    turns = new LoopTurns(connection, loop);
    readInOneTurn(1); // by now nothing of its greeting is left
    flushes.set(0);
  }

  @AfterEach
  void stop() {
    connection.close();
    RedisResources.shutDown(resources);
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    redis.close();
  }

  @Test
  void sendsWhatIsReadInATurnInOneGo() throws Exception {
    readInOneTurn(5);

    assertThat(flushes).hasValue(1);
  }

  @Test
  void doesNotKeepALongTurnBackUntilItsEnd() throws Exception {
    readInOneTurn(60);

    // a marker and 60 records each: the fourth read and the eighth make 200, two are left
    assertThat(flushes).hasValue(3);
  }

  @Test
  void sendsWhatOthersReadAtOnce() throws Exception {
    for (int read = 0; read < READS; read++) {
      answer(read(5));
    }

    assertThat(flushes).hasValue(READS);
  }

  /** Ten reads of so many entities, and waits for all. */
  private void readInOneTurn(int entities) throws Exception {
    List<CompletableFuture<ReadBatch>> outcomes =
        loop.submit(() -> IntStream.range(0, READS).mapToObj(read -> read(entities)).toList())
            .get(10, TimeUnit.SECONDS);
    for (CompletableFuture<ReadBatch> outcome : outcomes) {
      answer(outcome);
    }
  }

  private static void answer(CompletableFuture<ReadBatch> outcome) throws Exception {
    assertThat(outcome.get(10, TimeUnit.SECONDS).marker(0)).isEmpty();
  }

  private CompletableFuture<ReadBatch> read(int entities) {
    ReadBatch batch = new ReadBatch();
    batch.begin(views, entities);
    for (int entity = 0; entity < entities; entity++) {
      batch.add(0, List.of("airport" + entity));
    }
    PendingRead read = new PendingRead(connection.outcomes(), turns::send, batch);
    read.send();
    return read.outcome();
  }
}
