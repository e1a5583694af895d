package dev.plumbline.offline.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.definition.About;
import dev.plumbline.definition.Entity;
import dev.plumbline.definition.Expectation;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.FeatureView.Feature;
import dev.plumbline.definition.Lifecycle;
import dev.plumbline.definition.ViewId;
import dev.plumbline.gate.Gate;
import dev.plumbline.gate.GateTally;
import dev.plumbline.gate.GateVerdict;
import dev.plumbline.gate.SeenRow;
import dev.plumbline.timeline.ViewTiming;
import dev.plumbline.type.Bytes;
import dev.plumbline.type.DataType.Primitive;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class GateTalliesTest {
  private static final Gate GATE =
      new Gate(
          new FeatureView(
              new ViewId("settings", 1),
              "everything",
              "settings",
              Map.of(),
              new ViewTiming(
                  ViewTiming.Shape.ROW, Duration.ofHours(1), Duration.ZERO, Optional.empty()),
              About.NOTHING,
              List.of(new Feature("x", "x", Optional.empty(), Primitive.BIGINT, About.NOTHING)),
              List.of(new Expectation.Rows(OptionalLong.of(1), OptionalLong.empty())),
              Lifecycle.ACTIVE),
          new Entity("everything", List.of()));

  @Test
  void aPartitionThatIsComputedTwiceCountsOnce() {
    GateTallies driver = new GateTallies();
    driver.merge(ofTask(0, 2));
    driver.merge(ofTask(1, 3));
    driver.merge(ofTask(0, 2));
    assertThat(driver.copyAndReset().isZero()).isTrue();

    GateTally sum = GATE.tally();
    driver.copy().value().values().forEach(sum::add);

    assertThat(GATE.verdicts(sum, 0)).extracting(GateVerdict::value).containsExactly("5 rows");
  }

  private static GateTallies ofTask(int partition, int rows) {
    GateTally tally = GATE.tally();
    for (long i = 0; i < rows; i++) {
      tally.observe(List.of(), List.of(new SeenRow(i, Bytes.copyOf(new byte[0]), List.of(i))));
    }
    GateTallies task = new GateTallies();
    task.add(new GateTallies.Part(partition, tally));
    return task;
  }
}
