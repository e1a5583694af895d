package dev.plumbline.bench.online;

import dev.plumbline.serving.v1.FeatureServingGrpc;
import dev.plumbline.serving.v1.GetFeaturesRequest;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The most that gRPC can do here: it parses each request and answers with the same bytes, on as
 * many event loops as the product has.
 */
final class NoopServer {
  private NoopServer() {}

  /** Listens on a free port of the loopback. The first argument is the file with the reply. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    byte[] reply = Files.readAllBytes(Path.of(arguments[0]));
    boolean epoll = Epoll.isAvailable();
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
            epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    MethodDescriptor<GetFeaturesRequest, byte[]> method =
        FeatureServingGrpc.getGetFeaturesMethod().toBuilder(
                FeatureServingGrpc.getGetFeaturesMethod().getRequestMarshaller(),
                new ConstantBytes())
            .build();
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .bossEventLoopGroup(loops)
            .workerEventLoopGroup(loops)
            .channelType(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
            .directExecutor()
            .addService(
                ServerServiceDefinition.builder(FeatureServingGrpc.SERVICE_NAME)
                    .addMethod(
                        method,
                        ServerCalls.asyncUnaryCall(
                            (request, observer) -> {
                              observer.onNext(reply);
                              observer.onCompleted();
                            }))
                    .build())
            .build()
            .start();
    System.out.println("listening at 127.0.0.1:" + server.getPort());
    server.awaitTermination();
  }

  /** Writes replies in one copy. It reads none. */
  private static final class ConstantBytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new Whole(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      throw new UnsupportedOperationException("replies are only written here");
    }
  }

  /** Bytes that say how many they are, and copy themselves in one go. */
  private static final class Whole extends ByteArrayInputStream implements KnownLength, Drainable {
    Whole(byte[] bytes) {
      super(bytes);
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
      int length = available();
      target.write(buf, pos, length);
      pos = count;
      return length;
    }
  }
}
