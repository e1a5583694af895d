package dev.plumbline.store;

import io.lettuce.core.RedisURI;
import java.io.Serializable;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a Redis is and how to sign in: {@code host:port}, {@code
 * redis://user:password@host:port/0}, {@code rediss://} with TLS, {@code
 * redis-sentinel://host:port,host:port/0#master}, {@code redis-socket:///path}. Its text leaves
 * passwords out.
 */
public final class RedisAddress implements Serializable {
  private static final long serialVersionUID = 1;

  /** It cannot be written as it is: it hides the password in a function. */
  private final transient RedisURI uri;

  private final String text;
  private final @Nullable String password;

  private RedisAddress(String text, @Nullable String password) {
    this.text = text;
    this.password = password;
    RedisURI parsed = RedisURI.create(text);
    this.uri = password == null ? parsed : signedIn(parsed, user(text), password);
  }

  private static RedisURI signedIn(RedisURI uri, Optional<String> user, String password) {
    RedisURI.Builder builder = RedisURI.builder(uri);
    return user.map(name -> builder.withAuthentication(name, password.toCharArray()))
        .orElseGet(() -> builder.withPassword(password.toCharArray()))
        .build();
  }

  /** What stands alone before the host; Lettuce takes it for a password. */
  private static Optional<String> user(String text) {
    String authority = Optional.ofNullable(URI.create(text).getRawAuthority()).orElse("");
    String before = authority.substring(0, Math.max(0, authority.lastIndexOf('@')));
    return before.isEmpty() || before.contains(":")
        ? Optional.empty()
        : Optional.of(URLDecoder.decode(before, StandardCharsets.UTF_8));
  }

  public static RedisAddress of(String host, int port) {
    String quoted = host.contains(":") ? "[" + host + "]" : host;
    return new RedisAddress("redis://%s:%d".formatted(quoted, port), null);
  }

  /**
   * The address that a text is.
   *
   * @throws IllegalArgumentException if {@code text} is no address
   */
  public static RedisAddress parse(String text) {
    try {
      return new RedisAddress(text.contains("://") ? text : "redis://" + text, null);
    } catch (RuntimeException e) {
      // neither the text nor the cause, which quotes it: there may be a password in it
      throw new IllegalArgumentException(
          "not the address of a Redis (expected: host:port, redis://, rediss:// for TLS, redis-sentinel:// or redis-socket://)");
    }
  }

  /**
   * The same Redis, signed in to with this password, by the user who stands alone before the host.
   */
  public RedisAddress withPassword(String password) {
    return new RedisAddress(text, password);
  }

  /** After reading it back: the address that its text and password are. */
  private Object readResolve() {
    return new RedisAddress(text, password);
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
