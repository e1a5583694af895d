package dev.plumbline.store;

import io.lettuce.core.RedisURI;
import io.lettuce.core.StaticCredentialsProvider;
import java.io.Serializable;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a Redis is and how to sign in: {@code host:port}, {@code
 * redis://user:password@host:port/0}, {@code rediss://} with TLS, {@code
 * redis-sentinel://host:port,host:port/0#master}, {@code redis-cluster://host:port,host:port} (some
 * nodes of a cluster, which tell the others; {@code rediss-cluster://} with TLS), {@code
 * redis-socket:///path}. Its text leaves passwords out.
 */
public final class RedisAddress implements Serializable {
  private static final long serialVersionUID = 1;

  private static final Pattern CLUSTER = Pattern.compile("(rediss?)-cluster://([^/]+)/?");

  /**
   * One, or nodes of a cluster. They cannot be written as they are: passwords hide in functions.
   */
  private final transient List<RedisURI> uris;

  private final String text;
  private final @Nullable String password;

  private RedisAddress(String text, @Nullable String password) {
    this.text = text;
    this.password = password;
    this.uris = parsed();
  }

  private List<RedisURI> parsed() {
    return each(text).stream().map(this::parsed).toList();
  }

  private RedisURI parsed(String one) {
    RedisURI uri = RedisURI.create(one);
    if (password != null) {
      uri.setCredentialsProvider(
          new StaticCredentialsProvider(user(one).orElse(null), password.toCharArray()));
    }
    return uri;
  }

  /** An address for each node that is named; of one that is no cluster, itself. */
  private static List<String> each(String text) {
    Matcher cluster = CLUSTER.matcher(text);
    if (!cluster.matches()) {
      return List.of(text);
    }
    String authority = cluster.group(2);
    int hosts = authority.lastIndexOf('@') + 1;
    String before = cluster.group(1) + "://" + authority.substring(0, hosts);
    return Arrays.stream(authority.substring(hosts).split(",", -1)).map(before::concat).toList();
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
          "not the address of a Redis (expected: host:port, redis://, rediss:// for TLS, redis-sentinel://, redis-cluster:// or redis-socket://)");
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

  /** Of a cluster, that of the node that is named first. */
  RedisURI uri() {
    return uris.get(0);
  }

  List<RedisURI> uris() {
    return uris;
  }

  /** The same, whose connections wait that long. */
  List<RedisURI> uris(Duration timeout) {
    List<RedisURI> patient = parsed();
    patient.forEach(uri -> uri.setTimeout(timeout));
    return patient;
  }

  boolean isCluster() {
    return text.contains("-cluster://");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RedisAddress that
        && uris.equals(that.uris)
        && isCluster() == that.isCluster();
  }

  @Override
  public int hashCode() {
    return uris.hashCode();
  }

  @Override
  public String toString() {
    RedisURI uri = uri();
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
    String scheme = uri.isSsl() ? "rediss" : "redis";
    return uris.stream()
        .map(one -> one.getHost() + ":" + one.getPort())
        .collect(Collectors.joining(",", scheme + (isCluster() ? "-cluster://" : "://"), ""));
  }
}
