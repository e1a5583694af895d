package dev.plumbline.online;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where and for whom a server answers.
 *
 * @param project whose features it serves
 * @param address to listen at; port 0 takes any that is free
 * @param metricsAddress of {@code GET /metrics}; absent: none
 * @param clock of every answer
 * @param frozenClock where a clock that stands still may be used
 */
public record FeatureServerSettings(
    String project,
    InetSocketAddress address,
    Optional<InetSocketAddress> metricsAddress,
    ServerClock clock,
    FrozenClock frozenClock) {
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
    return new FeatureServerSettings(project, address, metricsAddress, other, frozenClock);
  }

  public FeatureServerSettings withMetrics(InetSocketAddress other) {
    return new FeatureServerSettings(project, address, Optional.of(other), clock, frozenClock);
  }

  private static boolean isLoopback(InetSocketAddress address) {
    return address.getAddress() != null && address.getAddress().isLoopbackAddress();
  }
}
