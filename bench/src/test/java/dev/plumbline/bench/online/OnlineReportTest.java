package dev.plumbline.bench.online;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.plumbline.bench.measure.Machine;
import dev.plumbline.bench.measure.Spread;
import dev.plumbline.bench.measure.Target;
import dev.plumbline.bench.online.Round.CpuMicros;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class OnlineReportTest {
  private static final List<SystemResult> RESULTS =
      List.of(
          result("1x50", "plumbline", 50_000, 300, 8_192),
          result("1x50", "grpc-noop", 100_000, 200, 5_120),
          result("1x50", "lettuce-mget", 100_000, 100, 1_000),
          result("1x50", "plain-server", 20_000, 900, 30_000),
          result("100x50", "plumbline", 4_000, 2_000, 30_720),
          result("100x50", "grpc-noop", 40_000, 300, 5_120));

  @Test
  void holdsPlumblineAgainstTheOthersOfItsShape() {
    assertThat(new OnlineReport(RESULTS).targets())
        .extracting(Target::line)
        .containsExactly(
            "1x50: calls/s against grpc-noop: 0.50 (target: at least 0.45, met)",
            "1x50: calls/s against lettuce-mget: 0.50 (target: at least 0.6, MISSED)",
            "1x50: calls/s against plain-server: 2.50 (target: at least 2.5, met)",
            "1x50: p99 at the same rate against grpc-noop: 1.50 (target: at most 2.0, met)",
            "1x50: KiB allocated a call beyond grpc-noop: 3.00 (target: at most 4.0, met)",
            "100x50: KiB allocated a call beyond grpc-noop: 25.00 (target: at most 20.0, MISSED)");
  }

  @Test
  void writesEachCaseForPrograms() throws IOException {
    Machine machine = new Machine(2, 1, OptionalLong.empty(), "17", "4.1", 0);

    JsonNode json = new JsonMapper().readTree(new OnlineReport(RESULTS).on(machine, 12).json());

    assertThat(json.get("cases").get(0))
        .isEqualTo(
            new JsonMapper()
                .readTree(
                    """
                    {"shape": "1x50", "system": "plumbline",
                     "calls_per_second": {"min": 49999.0, "median": 50000.0, "max": 50001.0},
                     "open_rate": 10000.0, "p50_us": 150.0, "p99_us": 300.0,
                     "alloc_bytes_per_call": 8192.0, "payload_bytes": 1206.0,
                     "cpu_us_per_call": {"client": 7.5, "server": 10.25, "redis": 3.5}}"""));
  }

  private static SystemResult result(
      String shape, String system, double calls, double p99, double allocated) {
    return new SystemResult(
        shape,
        system,
        new Spread(calls - 1, calls, calls + 1),
        10_000,
        p99 / 2,
        p99,
        allocated,
        1_206,
        new CpuMicros(7.5, 10.25, 3.5));
  }
}
