package dev.plumbline.client;

import java.time.Duration;

/**
 * How a client calls.
 *
 * <p>A call is tried again if the server could not be reached, went away before it answered, or did
 * not get an answer from its store. It is not if the server refused it, if a view is not loaded or
 * no revision is published (somebody has to run a command first), or if the deadline has passed.
 * Between attempts lie about 0.1, 0.4 and 1.6 seconds, each up to a fifth more or less, so that a
 * server may be started again meanwhile. While most calls fail, none is tried twice: 100 failures
 * use that up, each answered call brings a tenth of one back.
 *
 * @param target {@code host:port} of a server
 * @param transport whether calls are encrypted
 * @param deadline of a call, with all its attempts
 * @param attempts at most, the first included
 */
public record ClientSettings(String target, Transport transport, Duration deadline, int attempts) {
  /** Whether calls are encrypted. */
  public enum Transport {
    PLAINTEXT,
    TLS
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

  /** In plain text, 5 seconds, up to 4 attempts. */
  public static ClientSettings of(String target) {
    return new ClientSettings(target, Transport.PLAINTEXT, Duration.ofSeconds(5), 4);
  }

  public ClientSettings withDeadline(Duration other) {
    return new ClientSettings(target, transport, other, attempts);
  }

  public ClientSettings withAttempts(int other) {
    return new ClientSettings(target, transport, deadline, other);
  }

  public ClientSettings withTransport(Transport other) {
    return new ClientSettings(target, other, deadline, attempts);
  }
}
