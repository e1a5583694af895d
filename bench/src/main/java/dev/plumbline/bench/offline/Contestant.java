package dev.plumbline.bench.offline;

import dev.plumbline.bench.measure.Spread;
import dev.plumbline.bench.measure.Stopwatch;
import dev.plumbline.bench.measure.Stopwatch.Lap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One engine on one case, in the way that was its fastest when it warmed up. */
final class Contestant {
  /** Who takes longer than this is asked twice only. */
  private static final double LONG_SECONDS = 30;

  private static final int ROUNDS_OF_THE_SLOW = 2;

  /** Above it (greatest - least) / median is no measurement. */
  private static final double GREATEST_SPREAD = 0.3;

  private final String name;
  private final Path outputs;
  private final Way way;
  private final double layoutSeconds;
  private final double warmUpSeconds;
  private final List<Lap> laps = new ArrayList<>();

  /** By whom, in which way: what was written last. */
  private final Map<String, Path> written;

  private Contestant(
      String name,
      Path outputs,
      Way way,
      double layoutSeconds,
      double warmUpSeconds,
      Map<String, Path> written) {
    this.name = name;
    this.outputs = outputs;
    this.way = way;
    this.layoutSeconds = layoutSeconds;
    this.warmUpSeconds = warmUpSeconds;
    this.written = written;
  }

  /**
   * Lays out for each way of an engine, lets each join once, and takes the fastest; where that
   * would take too long, the one that is fastest on a sample, which then joins once.
   *
   * @param outputs where what is written is kept
   */
  static Contestant warmedUp(Engine engine, Path outputs) {
    List<Double> layouts = new ArrayList<>();
    for (Way way : engine.ways()) {
      Stopwatch watch = new Stopwatch();
      way.layOut();
      layouts.add(watch.lap().seconds());
    }
    if (engine.ways().size() > 1 && engine.ways().stream().allMatch(Way::needsSample)) {
      List<Double> samples = new ArrayList<>();
      for (Way way : engine.ways()) {
        Path output = outputs.resolve(engine.name() + "-sample");
        Stopwatch watch = new Stopwatch();
        way.joinSample(output);
        samples.add(watch.lap().seconds());
        remove(output);
      }
      int fastest = leastOf(samples);
      return joined(
          engine.name(),
          outputs,
          List.of(engine.ways().get(fastest)),
          layouts.subList(fastest, fastest + 1));
    }
    return joined(engine.name(), outputs, engine.ways(), layouts);
  }

  private static Contestant joined(
      String name, Path outputs, List<Way> ways, List<Double> layouts) {
    List<Double> joins = new ArrayList<>();
    Map<String, Path> written = new LinkedHashMap<>();
    for (Way way : ways) {
      Path output = outputs.resolve(name + "-" + joins.size());
      joins.add(timed(way, output).seconds());
      written.put(name + ", " + way.name(), output);
    }
    int fastest = leastOf(joins);
    return new Contestant(
        name, outputs, ways.get(fastest), layouts.get(fastest), joins.get(fastest), written);
  }

  private static int leastOf(List<Double> seconds) {
    return seconds.indexOf(Collections.min(seconds));
  }

  /** The same, without rounds so far. */
  Contestant again() {
    return new Contestant(name, outputs, way, layoutSeconds, warmUpSeconds, written);
  }

  private static Lap timed(Way way, Path output) {
    Stopwatch watch = new Stopwatch();
    way.join(output);
    return watch.lap();
  }

  String name() {
    return name;
  }

  String way() {
    return way.name();
  }

  double layoutSeconds() {
    return layoutSeconds;
  }

  int rounds() {
    return laps.size();
  }

  /** What is kept of what it wrote, in all its ways. */
  Map<String, Path> written() {
    return written;
  }

  /** Bytes of what it wrote last. */
  long bytes() {
    try (Stream<Path> files = Files.walk(output())) {
      return files
          .filter(file -> Files.isRegularFile(file) && !isBeside(file))
          .mapToLong(file -> file.toFile().length())
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Spark writes checksums and a marker of its own beside the data. */
  private static boolean isBeside(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(".") || name.startsWith("_");
  }

  private Path output() {
    return Objects.requireNonNull(written.get(name + ", " + way.name()), "written in the warm-up");
  }

  /** Whether another of at most so many rounds is worth its time. */
  boolean isOpen(int rounds) {
    boolean slow =
        warmUpSeconds > LONG_SECONDS || laps.stream().anyMatch(lap -> lap.seconds() > LONG_SECONDS);
    return laps.size() < (slow ? Math.min(rounds, ROUNDS_OF_THE_SLOW) : rounds);
  }

  /** How long the last round took, or the warm-up. */
  double lastSeconds() {
    return laps.isEmpty() ? warmUpSeconds : laps.get(laps.size() - 1).seconds();
  }

  /** One more round; what the one before wrote is removed. */
  Lap round() {
    Path output = output();
    remove(output);
    Lap lap = timed(way, output);
    laps.add(lap);
    return lap;
  }

  private static void remove(Path output) {
    try (Stream<Path> all = Files.walk(output)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Spread seconds() {
    return Spread.of(laps.stream().map(Lap::seconds).toList());
  }

  Spread cpuSeconds() {
    return Spread.of(laps.stream().map(Lap::cpuSeconds).toList());
  }

  boolean isUnsteady() {
    Spread spread = seconds();
    return (spread.max() - spread.min()) / spread.median() > GREATEST_SPREAD;
  }

  /** The median, over the rounds of both, of these seconds over the other's. */
  OptionalDouble ratioTo(Contestant other) {
    int both = Math.min(laps.size(), other.laps.size());
    if (both == 0) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        Spread.of(
                IntStream.range(0, both)
                    .mapToObj(i -> laps.get(i).seconds() / other.laps.get(i).seconds())
                    .toList())
            .median());
  }
}
