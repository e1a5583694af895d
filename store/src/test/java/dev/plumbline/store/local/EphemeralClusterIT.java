package dev.plumbline.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EphemeralClusterIT {
  @Test
  void isThreeMastersAndAReplicaOfEach() {
    try (EphemeralCluster cluster = EphemeralCluster.start()) {
      assertThat(cluster.size()).isEqualTo(6);
      assertThat(cluster.address().toString()).startsWith("redis-cluster://127.0.0.1:");
      assertThat(cluster.id(0)).hasSize(40).isNotEqualTo(cluster.id(1));
    }
  }

  @Test
  void isOnePrimaryWithAReplicaThatSentinelsWatch() {
    try (EphemeralSentinels sentinels = EphemeralSentinels.start()) {
      assertThat(sentinels.address().toString()).startsWith("redis-sentinel://127.0.0.1:");
    }
  }
}
