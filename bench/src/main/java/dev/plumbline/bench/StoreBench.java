package dev.plumbline.bench;

import dev.plumbline.bench.measure.Findings;
import dev.plumbline.bench.measure.Stopwatch;
import dev.plumbline.bench.store.RedisBench;
import dev.plumbline.bench.store.StoreReport;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plumb bench store}. */
@Command(
    name = "store",
    description = {
      "Measure the online store: bytes and loading.",
      "Bytes of an entity in our records, in Feast's hashes and in hashes of text; compare-and-set against pipelined SET. On a Redis of its own; some minutes."
    },
    mixinStandardHelpOptions = true)
final class StoreBench extends Measurement {
  private static final long ROWS = 300_000;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description =
          "How often each writer writes each case after a warm-up; default: ${DEFAULT-VALUE}.",
      defaultValue = "5")
  private int rounds = 5;

  @Option(
      names = "--scale",
      paramLabel = "N",
      description =
          "Divide the rows that are written by it, to see that everything works; default: ${DEFAULT-VALUE}.",
      defaultValue = "1")
  private long scale = 1;

  @Override
  Findings measure(Path folder) {
    Stopwatch watch = new Stopwatch();
    StoreReport report = new RedisBench(new Terminal()).run(Math.max(1, ROWS / scale), rounds);
    return report.on(machine(), watch.lap().seconds());
  }

  @Override
  void rejectNonsense() {
    rejectLess("--rounds", rounds);
    rejectLess("--scale", scale);
  }
}
