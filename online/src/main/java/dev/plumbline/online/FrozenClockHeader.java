package dev.plumbline.online;

import dev.plumbline.wire.CallHeaders;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.time.Instant;

/** Says in every reply that the server's clock stands still, and where. */
final class FrozenClockHeader implements ServerInterceptor {
  private final Instant now;

  FrozenClockHeader(Instant now) {
    this.now = now;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    return next.startCall(
        new SimpleForwardingServerCall<>(call) {
          @Override
          public void sendHeaders(Metadata replyHeaders) {
            replyHeaders.put(CallHeaders.NOW, now.toString());
            super.sendHeaders(replyHeaders);
          }
        },
        headers);
  }
}
