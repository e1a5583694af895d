package dev.plumbline.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.online.FeatureServerSettings.FrozenClock;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FeatureServerSettingsTest {
  private static final ServerClock FROZEN =
      ServerClock.frozenAt(Instant.parse("2001-02-03T00:00:00Z"));

  @Test
  void aFrozenClockServesThisMachine() {
    assertThat(settings("127.0.0.1", FrozenClock.LOOPBACK_ONLY).clock()).isEqualTo(FROZEN);
  }

  @Test
  void aFrozenClockIsRefusedWhereOthersCanAsk() {
    assertThatThrownBy(() -> settings("0.0.0.0", FrozenClock.LOOPBACK_ONLY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the clock is frozen at 2001-02-03T00:00:00Z")
        .hasMessageContaining("pass --allow-now");
  }

  @Test
  void aFrozenClockServesOthersIfAllowed() {
    assertThat(settings("0.0.0.0", FrozenClock.ANYWHERE).clock()).isEqualTo(FROZEN);
  }

  @Test
  void aLimitOfNothingIsRefusedByItsOption() {
    assertThatThrownBy(() -> new ServingLimits(0, 1, 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("--max-rows 0 (expected: at least 1)");
  }

  @Test
  void aClockStandsWhereRunsCanBeStamped() {
    assertThatThrownBy(() -> ServerClock.frozenAt(Instant.parse("3111-09-16T23:10:18.963968Z")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the clock is frozen at 3111-09-16T23:10:18.963968Z (expected: ");
  }

  private static FeatureServerSettings settings(String host, FrozenClock frozenClock) {
    return new FeatureServerSettings(
        "flights", new InetSocketAddress(host, 0), Optional.empty(), FROZEN, frozenClock);
  }
}
