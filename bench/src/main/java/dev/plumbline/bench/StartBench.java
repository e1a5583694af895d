package dev.plumbline.bench;

import dev.plumbline.bench.measure.Findings;
import dev.plumbline.bench.measure.Stopwatch;
import dev.plumbline.bench.online.ServerStarts;
import dev.plumbline.bench.online.StartReport;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plumb bench start}. */
@Command(
    name = "start",
    description = {
      "Measure the server's image: size, start, memory.",
      "Starts the server with the jars and options of its image, in a process of its own on a Redis of its own, until health says SERVING; then asks it for five seconds."
    },
    mixinStandardHelpOptions = true)
final class StartBench extends Measurement {
  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Starts on each project; default: ${DEFAULT-VALUE}.",
      defaultValue = "5")
  private int rounds = 5;

  @Override
  Findings measure(Path folder) throws InterruptedException {
    Stopwatch watch = new Stopwatch();
    StartReport report = new ServerStarts(folder, new Terminal()).run(rounds);
    return report.on(machine(), watch.lap().seconds());
  }

  @Override
  void rejectNonsense() {
    rejectLess("--rounds", rounds);
  }
}
