package dev.plumbline.online;

import dev.plumbline.failure.InvalidException;
import dev.plumbline.store.StoreUnavailableException;
import dev.plumbline.vector.UnknownNameException;
import dev.plumbline.wire.CallHeaders;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where a failure becomes a gRPC status. INTERNAL means a bug of ours: it is logged
 * under the call's request id, and only that id is told.
 */
final class FailureMapping {
  /** By gRPC's design of retries (A6) a negative pushback tells clients not to try again. */
  private static final Metadata.Key<String> RETRY_PUSHBACK =
      Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

  /**
   * Descriptions travel in a header, in which one of these takes up to nine bytes; and clients take
   * no more than 8 KiB of headers together.
   */
  private static final int MOST_CHARACTERS = 800;

  private static final Logger LOG = LoggerFactory.getLogger(FailureMapping.class);

  private FailureMapping() {}

  static StatusRuntimeException toStatus(Throwable failure, RequestId requestId) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    Metadata trailers = new Metadata();
    trailers.put(CallHeaders.REQUEST_ID, requestId.ascii());
    if (cause instanceof CallException.NotReady) {
      // Somebody has to run a command first: the same call a moment later would fail again.
      trailers.put(RETRY_PUSHBACK, "-1");
    }
    return status(cause, requestId).asRuntimeException(trailers);
  }

  private static Status status(Throwable failure, RequestId requestId) {
    Status.Code code = code(failure);
    if (code == Status.Code.INTERNAL) {
      LOG.error("request {}: unexpected failure", requestId, failure);
      return Status.INTERNAL.withDescription(
          "unexpected failure; the server's log says more under request id " + requestId);
    }
    return code.toStatus().withDescription(shortened(String.valueOf(failure.getMessage())));
  }

  private static String shortened(String message) {
    return message.length() <= MOST_CHARACTERS
        ? message
        : message.substring(0, MOST_CHARACTERS) + "...";
  }

  private static Status.Code code(Throwable failure) {
    if (failure instanceof CallException.Invalid || failure instanceof InvalidException) {
      return Status.Code.INVALID_ARGUMENT;
    }
    if (failure instanceof CallException.TooMuch) {
      return Status.Code.RESOURCE_EXHAUSTED;
    }
    if (failure instanceof UnknownNameException || failure instanceof CallException.NotServed) {
      return Status.Code.NOT_FOUND;
    }
    return failure instanceof CallException.NotReady || failure instanceof StoreUnavailableException
        ? Status.Code.UNAVAILABLE
        : Status.Code.INTERNAL;
  }
}
