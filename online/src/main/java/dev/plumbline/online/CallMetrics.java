package dev.plumbline.online;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times every call by its method and the status it ended with, whoever ended it: this
 * server, its caller, who gave up, or gRPC, whose own refusals no interceptor sees.
 */
final class CallMetrics extends ServerStreamTracer.Factory {
  private final ServerMetrics metrics;

  CallMetrics(ServerMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
    return new Tracer();
  }

  /** Of one call, on its event loop. */
  private final class Tracer extends ServerStreamTracer {
    private final long began = System.nanoTime();

    /** Null: of no method that exists here; what callers make up is no label of a metric. */
    private @Nullable String method;

    private @Nullable Deadline deadline;

    @Override
    public void serverCallStarted(ServerCallInfo<?, ?> call) {
      method = call.getMethodDescriptor().getFullMethodName();
      deadline = Context.current().getDeadline();
    }

    /** Told once of every call. */
    @Override
    public void streamClosed(Status status) {
      if (method != null) {
        metrics.called(method, code(status.getCode()).name(), System.nanoTime() - began);
      }
    }

    /** Callers whose deadline passes take their call back, by their clock a moment earlier. */
    private Status.Code code(Status.Code code) {
      return code == Status.Code.CANCELLED
              && deadline != null
              && deadline.timeRemaining(TimeUnit.MILLISECONDS) <= 0
          ? Status.Code.DEADLINE_EXCEEDED
          : code;
    }
  }
}
