package dev.plumbline.client;

import java.time.Duration;

/**
 * How a client calls.
 *
 * <p>A call is tried again if the server could not be reached, went away before it answered, or did
 * not get an answer from its store. It is not if the server refused it, if a view is not loaded or
 * no revision is published (somebody has to run a command first), or if the deadline has passed.
 * Between attempts lie about 0.1, 0.3 and 0.9 seconds, each up to a fifth more or less. While most
 * calls fail, none is tried twice: 100 failures use that up, each answered call brings a tenth of
 * one back.
 *
 * @param target {@code host:port} of a server
 * @param transport whether calls are encrypted
 * @param deadline of a call, with all its attempts
 * @param attempts at most, the first included
 * @param disconnected what a call does while there is no connection
 */
public record ClientSettings(
    String target,
    Transport transport,
    Duration deadline,
    int attempts,
    Disconnected disconnected) {
  /** Whether calls are encrypted. */
  public enum Transport {
    PLAINTEXT,
    TLS
  }

  /** What a call does while there is no connection. */
  public enum Disconnected {
    /** After its attempts it is UNAVAILABLE, so that a caller can do without features soon. */
    FAIL,
    /** It waits until its deadline: a server that is started again meanwhile costs no call. */
    WAIT
  }

  public ClientSettings {
    if (target.isEmpty()) {
      throw new IllegalArgumentException("target is empty (expected: host:port)");
    }
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException("deadline: " + deadline + " (expected: more than 0)");
    }
    // gRPC makes no more than 5.
    if (attempts < 1 || attempts > 5) {
      throw new IllegalArgumentException("attempts: " + attempts + " (expected: 1 to 5)");
    }
  }

  /** In plain text, 5 seconds, up to 4 attempts; without a connection calls fail. */
  public static ClientSettings of(String target) {
    return new ClientSettings(
        target, Transport.PLAINTEXT, Duration.ofSeconds(5), 4, Disconnected.FAIL);
  }

  public ClientSettings withDeadline(Duration other) {
    return new ClientSettings(target, transport, other, attempts, disconnected);
  }

  public ClientSettings withAttempts(int other) {
    return new ClientSettings(target, transport, deadline, other, disconnected);
  }

  public ClientSettings withTransport(Transport other) {
    return new ClientSettings(target, other, deadline, attempts, disconnected);
  }

  public ClientSettings withDisconnected(Disconnected other) {
    return new ClientSettings(target, transport, deadline, attempts, other);
  }
}
