package dev.plumbline.cli;

import dev.plumbline.failure.UnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code plumb bench}, as far as it is known here: the launcher of a checkout starts the
 * benchmarks, on a class path of their own.
 */
@Command(
    name = "bench",
    description =
        "Measure Plumbline, and the same by other means; in a checkout only. See plumb bench --help.",
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
  @Parameters(description = "What is measured.", paramLabel = "ARGUMENT")
  private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() {
    throw new UnavailableException(
        "the benchmarks are not among these jars (expected: a checkout); run there: ./plumb bench "
            + String.join(" ", arguments));
  }
}
