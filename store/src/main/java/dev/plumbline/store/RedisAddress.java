package dev.plumbline.store;

import io.lettuce.core.RedisURI;
import java.util.Objects;

/**
 * Where a Redis is and how to sign in: {@code host:port}, {@code
 * redis://user:password@host:port/0}, {@code rediss://} with TLS, {@code
 * redis-sentinel://host:port,host:port/0#master}, {@code redis-socket:///path}. Its text leaves
 * passwords out.
 */
public final class RedisAddress {
  private final RedisURI uri;

  private RedisAddress(RedisURI uri) {
    this.uri = uri;
  }

  public static RedisAddress of(String host, int port) {
    return new RedisAddress(RedisURI.create(host, port));
  }

  /**
   * The address that a text is.
   *
   * @throws IllegalArgumentException if {@code text} is no address
   */
  public static RedisAddress parse(String text) {
    try {
      return new RedisAddress(RedisURI.create(text.contains("://") ? text : "redis://" + text));
    } catch (RuntimeException e) {
      // neither the text nor the cause, which quotes it: there may be a password in it
      throw new IllegalArgumentException(
          "not the address of a Redis (expected: host:port, redis://, rediss:// for TLS, redis-sentinel:// or redis-socket://)");
    }
  }

  /** The same Redis, signed in to with this password. */
  public RedisAddress withPassword(String password) {
    return new RedisAddress(RedisURI.builder(uri).withPassword(password.toCharArray()).build());
  }

  RedisURI uri() {
    return uri;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RedisAddress that && uri.equals(that.uri);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(uri);
  }

  @Override
  public String toString() {
    if (uri.getSocket() != null) {
      return "redis-socket://" + uri.getSocket();
    }
    if (!uri.getSentinels().isEmpty()) {
      return "redis-sentinel://%s:%d#%s"
          .formatted(
              uri.getSentinels().get(0).getHost(),
              uri.getSentinels().get(0).getPort(),
              uri.getSentinelMasterId());
    }
    return "%s://%s:%d".formatted(uri.isSsl() ? "rediss" : "redis", uri.getHost(), uri.getPort());
  }
}
