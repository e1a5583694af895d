package dev.plumbline.client;

import dev.plumbline.wire.CallHeaders;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Optional;

/** A call that the server refused, or that did not reach it. The message says why. */
public final class FeatureServerException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Whose turn it is. */
  public enum Code {
    /** The request does not fit the service; the message names the field. */
    INVALID_ARGUMENT,
    /** There is no such service, feature or role. */
    NOT_FOUND,
    /** Server or store are away, or a view is not loaded; the same call may succeed later. */
    UNAVAILABLE,
    DEADLINE_EXCEEDED,
    /** The request asks for more than one call may. */
    RESOURCE_EXHAUSTED,
    /** A bug, or a server of another kind. */
    INTERNAL
  }

  private final Code code;
  private final Optional<String> requestId;

  private FeatureServerException(
      Code code, String message, Optional<String> requestId, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.requestId = requestId;
  }

  static FeatureServerException of(StatusRuntimeException failure, String target) {
    Status status = failure.getStatus();
    String description = status.getDescription();
    Metadata trailers = failure.getTrailers();
    Optional<String> requestId =
        Optional.ofNullable(trailers == null ? null : trailers.get(CallHeaders.REQUEST_ID));
    String said = description == null ? status.getCode().toString() : description;
    // Who has a request id was answered by the server; the rest happened on the way.
    String message = requestId.isPresent() ? said : "feature server " + target + ": " + said;
    return new FeatureServerException(code(status.getCode()), message, requestId, failure);
  }

  private static Code code(Status.Code code) {
    return switch (code) {
      case INVALID_ARGUMENT -> Code.INVALID_ARGUMENT;
      case NOT_FOUND -> Code.NOT_FOUND;
      case UNAVAILABLE, CANCELLED -> Code.UNAVAILABLE;
      case DEADLINE_EXCEEDED -> Code.DEADLINE_EXCEEDED;
      case RESOURCE_EXHAUSTED -> Code.RESOURCE_EXHAUSTED;
      default -> Code.INTERNAL;
    };
  }

  public Code code() {
    return code;
  }

  /** By what the server's log knows the call; absent if it did not reach a feature server. */
  public Optional<String> requestId() {
    return requestId;
  }
}
