package dev.plumbline.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FeatureRequestTest {
  private static final FeatureRequest REQUEST = FeatureRequest.service("s");

  @Test
  void aMaxAgeOfCenturiesIsOneOfCenturies() {
    Duration centuries = Duration.ofDays(400 * 365);

    assertThat(REQUEST.maxAge(centuries).message().getMaxAgeMicros())
        .isEqualTo(centuries.toSeconds() * 1_000_000);
  }

  @Test
  void aMaxAgeThatNoNumberHoldsIsTheLongestThereIs() {
    assertThat(REQUEST.maxAge(Duration.ofSeconds(Long.MAX_VALUE)).message().getMaxAgeMicros())
        .isEqualTo(Long.MAX_VALUE);
  }
}
