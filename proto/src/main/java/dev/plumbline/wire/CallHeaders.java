package dev.plumbline.wire;

import io.grpc.Metadata;

/** What a call carries beside its messages. */
public final class CallHeaders {
  /** A trailer of every refusal: by what the server's log knows the call, in printable ASCII. */
  public static final Metadata.Key<String> REQUEST_ID = key("plumbline-request-id");

  /** A header of every reply of a server whose clock stands still: where, as ISO 8601 in UTC. */
  public static final Metadata.Key<String> NOW = key("plumbline-now");

  private CallHeaders() {}

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
