package dev.plumbline.bench;

import dev.plumbline.bench.measure.Findings;
import dev.plumbline.bench.measure.Stopwatch;
import dev.plumbline.bench.validate.Checks;
import dev.plumbline.bench.validate.ValidateReport;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plumb bench validate}. */
@Command(
    name = "validate",
    description = {
      "Measure the check of definitions.",
      "Whole processes of ./plumb validate on projects with a few and with 500 feature views of four features, over ten sources of Parquet."
    },
    mixinStandardHelpOptions = true)
final class ValidateBench extends Measurement {
  private static final int FEW = 10;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Checks of each project; default: ${DEFAULT-VALUE}.",
      defaultValue = "5")
  private int rounds = 5;

  @Option(
      names = "--scale",
      paramLabel = "N",
      description =
          "Divide the views by it, to see that everything works; default: ${DEFAULT-VALUE}.",
      defaultValue = "1")
  private int scale = 1;

  @Override
  Findings measure(Path folder) throws InterruptedException {
    Stopwatch watch = new Stopwatch();
    ValidateReport report =
        new Checks(folder, new Terminal())
            .run(List.of(FEW, Math.max(FEW, ValidateReport.MANY / scale)), rounds);
    return report.on(machine(), watch.lap().seconds());
  }

  @Override
  void rejectNonsense() {
    rejectLess("--rounds", rounds);
    rejectLess("--scale", scale);
  }
}
