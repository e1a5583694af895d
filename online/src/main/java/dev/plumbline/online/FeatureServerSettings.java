package dev.plumbline.online;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where and for whom a server answers, and how much it takes on.
 *
 * @param project whose features it serves
 * @param address to listen at; port 0 takes any that is free
 * @param metricsAddress of {@code GET /metrics}; absent: none
 * @param clock of every answer
 * @param frozenClock where a clock that stands still may be used
 * @param limits beyond which calls are refused
 */
public record FeatureServerSettings(
    String project,
    InetSocketAddress address,
    Optional<InetSocketAddress> metricsAddress,
    ServerClock clock,
    FrozenClock frozenClock,
    ServingLimits limits) {
  /** Where a clock that stands still may be used: beyond a machine it answers nobody's question. */
  public enum FrozenClock {
    LOOPBACK_ONLY,
    ANYWHERE
  }

  public FeatureServerSettings {
    if (project.isEmpty()) {
      throw new IllegalArgumentException("project is empty");
    }
    if (clock.frozenAt().isPresent()
        && frozenClock == FrozenClock.LOOPBACK_ONLY
        && !isLoopback(address)) {
      throw new IllegalArgumentException(
          "the clock is frozen at %s, and %s is reached from other machines; listen at 127.0.0.1, or pass --allow-now"
              .formatted(clock.frozenAt().get(), address));
    }
  }

  /** With the limits that a server has unless it is told otherwise. */
  public FeatureServerSettings(
      String project,
      InetSocketAddress address,
      Optional<InetSocketAddress> metricsAddress,
      ServerClock clock,
      FrozenClock frozenClock) {
    this(project, address, metricsAddress, clock, frozenClock, ServingLimits.DEFAULT);
  }

  /** The machine's clock, on a free port of the loopback interface, without metrics. */
  public static FeatureServerSettings local(String project) {
    return new FeatureServerSettings(
        project,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        Optional.empty(),
        ServerClock.system(),
        FrozenClock.LOOPBACK_ONLY);
  }

  public FeatureServerSettings withClock(ServerClock other) {
    return new FeatureServerSettings(project, address, metricsAddress, other, frozenClock, limits);
  }

  public FeatureServerSettings withMetrics(InetSocketAddress other) {
    return new FeatureServerSettings(
        project, address, Optional.of(other), clock, frozenClock, limits);
  }

  public FeatureServerSettings withLimits(ServingLimits other) {
    return new FeatureServerSettings(project, address, metricsAddress, clock, frozenClock, other);
  }

  private static boolean isLoopback(InetSocketAddress address) {
    return address.getAddress() != null && address.getAddress().isLoopbackAddress();
  }
}
