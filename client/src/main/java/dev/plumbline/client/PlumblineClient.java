package dev.plumbline.client;

import dev.plumbline.client.ClientSettings.Disconnected;
import dev.plumbline.serving.v1.DescribeFeatureServiceRequest;
import dev.plumbline.serving.v1.FeatureList;
import dev.plumbline.serving.v1.FeatureServingGrpc;
import dev.plumbline.serving.v1.FeatureServingGrpc.FeatureServingBlockingStub;
import dev.plumbline.serving.v1.GetFeaturesResponse;
import dev.plumbline.wire.CallHeaders;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Asks one feature server. Thread-safe; keep one and close it at the end. Every method throws
 * {@link FeatureServerException} if there is no answer.
 */
public final class PlumblineClient implements AutoCloseable {
  /** Of the largest reply that is taken. */
  public static final int MOST_REPLY_BYTES = 256 << 20;

  private final ClientSettings settings;
  private final ManagedChannel channel;

  private PlumblineClient(ClientSettings settings) {
    this.settings = settings;
    NettyChannelBuilder builder =
        NettyChannelBuilder.forTarget(settings.target())
            .defaultServiceConfig(Retries.serviceConfig(settings.attempts()))
            .maxInboundMessageSize(MOST_REPLY_BYTES);
    if (settings.transport() == ClientSettings.Transport.PLAINTEXT) {
      builder.usePlaintext();
    }
    channel = builder.build();
  }

  /** A client of {@code host:port}, in plain text. It connects with its first call. */
  public static PlumblineClient connect(String target) {
    return connect(ClientSettings.of(target));
  }

  public static PlumblineClient connect(ClientSettings settings) {
    return new PlumblineClient(settings);
  }

  /** The vectors of a request. Blocks. */
  public FeatureVectors get(FeatureRequest request) {
    AtomicReference<Metadata> headers = new AtomicReference<>();
    FeatureServingBlockingStub stub =
        stub()
            .withInterceptors(
                MetadataUtils.newCaptureMetadataInterceptor(headers, new AtomicReference<>()));
    GetFeaturesResponse reply = call(() -> stub.getFeatures(request.message()));
    Optional<Instant> now =
        Optional.ofNullable(headers.get())
            .map(some -> some.get(CallHeaders.NOW))
            .map(Instant::parse);
    return Answers.vectors(reply, now);
  }

  /** What a service takes and answers. Blocks. */
  public ServiceDescription describe(String service) {
    return describe(DescribeFeatureServiceRequest.newBuilder().setFeatureService(service).build());
  }

  /** What a list of pinned references takes and answers. Blocks. */
  public ServiceDescription describe(List<String> references) {
    FeatureList list = FeatureList.newBuilder().addAllReferences(references).build();
    return describe(DescribeFeatureServiceRequest.newBuilder().setFeatures(list).build());
  }

  private ServiceDescription describe(DescribeFeatureServiceRequest request) {
    return ServiceDescription.of(call(() -> stub().describeFeatureService(request)));
  }

  private FeatureServingBlockingStub stub() {
    FeatureServingBlockingStub stub =
        FeatureServingGrpc.newBlockingStub(channel)
            .withDeadlineAfter(settings.deadline().toNanos(), TimeUnit.NANOSECONDS);
    return settings.disconnected() == Disconnected.WAIT ? stub.withWaitForReady() : stub;
  }

  private <T> T call(Supplier<T> attempt) {
    try {
      return attempt.get();
    } catch (StatusRuntimeException e) {
      // By itself gRPC would look for a server that was long away only every two minutes.
      channel.resetConnectBackoff();
      throw FeatureServerException.of(e, settings.target());
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
