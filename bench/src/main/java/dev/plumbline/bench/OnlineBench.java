package dev.plumbline.bench;

import dev.plumbline.bench.measure.Findings;
import dev.plumbline.bench.measure.Stopwatch;
import dev.plumbline.bench.online.OnlineContest;
import dev.plumbline.bench.online.OnlineReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plumb bench online}. */
@Command(
    name = "online",
    description = {
      "Measure online serving.",
      "Calls per second, latencies, processor time and allocation, against a gRPC server that does nothing, a Redis client without a server, and a plain server; within 25 minutes and, with a million entities, 10 GB of memory."
    },
    mixinStandardHelpOptions = true)
final class OnlineBench extends Measurement {
  @Option(
      names = "--shape",
      paramLabel = "NAME",
      description =
          "This shape only (rows x features): 1x50, 100x50, 1x250 over five views, or 1x50-zipf.")
  private List<String> shapes = List.of();

  @Option(
      names = "--system",
      paramLabel = "NAME",
      description = "This system only: plumbline, grpc-noop, lettuce-mget or plain-server.")
  private List<String> systems = List.of();

  @Option(
      names = "--entities",
      paramLabel = "N",
      description = "How many have records, 1000 or more; default: ${DEFAULT-VALUE}.",
      defaultValue = "1000000")
  private int entities = 1_000_000;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description =
          "Of each system and shape, the systems taking turns; default: ${DEFAULT-VALUE}.",
      defaultValue = "5")
  private int rounds = 5;

  @Option(
      names = "--seconds-per-round",
      paramLabel = "N",
      description = "Default: ${DEFAULT-VALUE}.",
      defaultValue = "5")
  private int roundSeconds = 5;

  @Option(
      names = "--seconds-of-warm-up",
      paramLabel = "N",
      description = "Of each system and shape before its first round; default: ${DEFAULT-VALUE}.",
      defaultValue = "10")
  private int warmUpSeconds = 10;

  @Option(
      names = "--seconds-at-rate",
      paramLabel = "N",
      description =
          "How long latencies are measured, at half of what Plumbline can do; default: ${DEFAULT-VALUE}.",
      defaultValue = "20")
  private int openSeconds = 20;

  @Override
  Findings measure(Path folder) throws InterruptedException {
    Stopwatch watch = new Stopwatch();
    OnlineReport report =
        new OnlineContest(folder, new Terminal())
            .run(
                new OnlineContest.Plan(
                    entities,
                    shapes,
                    systems,
                    Duration.ofSeconds(warmUpSeconds),
                    Duration.ofSeconds(roundSeconds),
                    rounds,
                    Duration.ofSeconds(openSeconds)));
    return report.on(machine(), watch.lap().seconds());
  }

  @Override
  void rejectNonsense() {
    rejectLess("--rounds", rounds);
    rejectLess("--seconds-per-round", roundSeconds);
    rejectLess("--seconds-of-warm-up", warmUpSeconds);
    rejectLess("--seconds-at-rate", openSeconds);
    rejectUnknown("--shape", shapes, OnlineContest.SHAPES);
    rejectUnknown("--system", systems, OnlineContest.SYSTEMS);
    if (entities < OnlineContest.FEWEST_ENTITIES) {
      throw usage(
          "--entities %d (expected: %d or more)"
              .formatted(entities, OnlineContest.FEWEST_ENTITIES));
    }
  }
}
