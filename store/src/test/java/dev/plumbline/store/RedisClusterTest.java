package dev.plumbline.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions.RefreshTrigger;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisClusterTest {
  @Test
  void isAskedThroughConnectionsThatQueueLittleAndNoticeWhatChanges() {
    var options = RedisCluster.options(RedisSettings.DEFAULT.withTimeout(Duration.ofSeconds(7)));

    assertThat(options.getRequestQueueSize()).isEqualTo(20_000);
    assertThat(options.getDisconnectedBehavior()).isEqualTo(DisconnectedBehavior.REJECT_COMMANDS);
    assertThat(options.getReplayFilter().test(new Command<>(CommandType.GET, null))).isTrue();
    assertThat(options.getSocketOptions().getConnectTimeout()).isEqualTo(Duration.ofSeconds(7));
    assertThat(options.getTopologyRefreshOptions().isPeriodicRefreshEnabled()).isTrue();
    assertThat(options.getTopologyRefreshOptions().getAdaptiveRefreshTriggers())
        .contains(RefreshTrigger.values());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1_023, 5_460, 16_383})
  void findsATagForEachSlot(int slot) {
    assertThat(SlotHash.getSlot("a:{" + ClusterLayout.tagOf(slot) + "}")).isEqualTo(slot);
  }
}
