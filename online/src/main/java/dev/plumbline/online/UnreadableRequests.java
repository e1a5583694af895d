package dev.plumbline.online;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses bytes that are no request as INVALID_ARGUMENT. By itself gRPC takes them for a failure of
 * the server: UNKNOWN for the caller, a stack trace in the log.
 */
final class UnreadableRequests {
  private UnreadableRequests() {}

  /** The same service, which only sees requests that could be read. */
  static ServerServiceDefinition refusedBy(ServerServiceDefinition bound) {
    List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();
    bound.getMethods().forEach(method -> methods.add(careful(method)));
    // with the schema, which is what reflection tells
    ServiceDescriptor.Builder descriptor =
        ServiceDescriptor.newBuilder(bound.getServiceDescriptor().getName())
            .setSchemaDescriptor(bound.getServiceDescriptor().getSchemaDescriptor());
    methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
    ServerServiceDefinition.Builder careful = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(careful::addMethod);
    return careful.build();
  }

  private static <Q, A> ServerMethodDefinition<Q, A> careful(ServerMethodDefinition<Q, A> method) {
    MethodDescriptor<Q, A> described = method.getMethodDescriptor();
    ServerCallHandler<Q, A> handler = method.getServerCallHandler();
    return ServerMethodDefinition.create(
        described.toBuilder(
                new NullIfUnreadable<>(described.getRequestMarshaller()),
                described.getResponseMarshaller())
            .build(),
        (call, headers) -> new Refusal<>(call, handler.startCall(call, headers)));
  }

  /** Reads requests; what is none becomes null. */
  private record NullIfUnreadable<Q>(Marshaller<Q> marshaller) implements Marshaller<Q> {
    @Override
    public InputStream stream(Q value) {
      return marshaller.stream(value);
    }

    @Override
    @SuppressWarnings("NullAway") // Refusal is the only one who sees it
    public Q parse(InputStream stream) {
      try {
        return marshaller.parse(stream);
      } catch (StatusRuntimeException e) {
        return null;
      }
    }
  }

  /** Ends a call whose request could not be read, and keeps it from the service. */
  private static final class Refusal<Q> extends SimpleForwardingServerCallListener<Q> {
    private final ServerCall<Q, ?> call;
    private boolean refused;

    Refusal(ServerCall<Q, ?> call, Listener<Q> listener) {
      super(listener);
      this.call = call;
    }

    @Override
    public void onMessage(@Nullable Q request) {
      if (request != null) {
        super.onMessage(request);
        return;
      }
      refused = true;
      String message =
          "its bytes are no %sRequest; make stubs from the server's serving.proto"
              .formatted(call.getMethodDescriptor().getBareMethodName());
      StatusRuntimeException refusal =
          FailureMapping.toStatus(new CallException.Invalid("request", message), RequestId.of(""));
      call.close(refusal.getStatus(), refusal.getTrailers());
    }

    @Override
    public void onHalfClose() {
      if (!refused) {
        super.onHalfClose();
      }
    }
  }
}
