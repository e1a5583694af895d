package dev.plumbline.bench.store;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.plumbline.bench.measure.Findings;
import dev.plumbline.bench.measure.Machine;
import dev.plumbline.bench.measure.Spread;
import dev.plumbline.bench.measure.Target;
import dev.plumbline.bench.measure.Target.Sense;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What entities take and how fast they are written, and how that stands against what is wanted. */
public final class StoreReport {
  private static final double TENTHS = 10;

  private final List<LayoutBench.Size> sizes;
  private final List<LoadBench.Speed> speeds;
  private final String redis;

  /**
   * @param redis its version
   */
  StoreReport(List<LayoutBench.Size> sizes, List<LoadBench.Speed> speeds, String redis) {
    this.sizes = List.copyOf(sizes);
    this.speeds = List.copyOf(speeds);
    this.redis = redis;
  }

  /** For people and programs, with where it was measured and how long all of it took. */
  public Findings on(Machine machine, double seconds) {
    return new Findings(lines(), json(), targets(), machine, seconds);
  }

  private List<Target> targets() {
    return List.of(
        atMost(0.65, LayoutBench.TEN),
        atMost(0.56, LayoutBench.FIFTY),
        atMost(0.52, LayoutBench.WIDE),
        atMost(0.85, LayoutBench.FIVE_TENS),
        new Target(
            "empty: rows per second of plumbline / of pipelined-set",
            Sense.AT_LEAST,
            0.35,
            rowsPerSecond(Writer.CompareAndSet.NAME) / rowsPerSecond(Writer.PipelinedSet.NAME)));
  }

  private Target atMost(double share, String shape) {
    return new Target(
        shape + ": bytes of plumbline / of hash-per-entity",
        Sense.AT_MOST,
        share,
        bytes(shape, PlumblineLayout.NAME) / bytes(shape, FeastLayout.NAME));
  }

  private double bytes(String shape, String layout) {
    return sizes.stream()
        .filter(size -> size.shape().equals(shape) && size.layout().equals(layout))
        .mapToDouble(LayoutBench.Size::bytes)
        .findFirst()
        .orElseThrow();
  }

  private double rowsPerSecond(String writer) {
    return speeds.stream()
        .filter(speed -> speed.load().equals(LoadBench.EMPTY) && speed.writer().equals(writer))
        .mapToDouble(speed -> speed.rowsPerSecond().median())
        .findFirst()
        .orElseThrow();
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("%-15s %-16s %16s".formatted("case", "layout", "bytes per entity"));
    for (LayoutBench.Size size : sizes) {
      lines.add(
          String.format(
              Locale.ROOT, "%-15s %-16s %,16.1f", size.shape(), size.layout(), size.bytes()));
    }
    lines.add("");
    lines.add(
        "%-15s %-16s %12s %12s %12s %6s %10s %14s %14s"
            .formatted(
                "case",
                "writer",
                "min rows/s",
                "median",
                "max",
                "rounds",
                "rows",
                "redis cpu us",
                "client cpu us"));
    for (LoadBench.Speed speed : speeds) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-15s %-16s %,12.0f %,12.0f %,12.0f %6d %,10d %14.2f %14.2f",
              speed.load(),
              speed.writer(),
              speed.rowsPerSecond().min(),
              speed.rowsPerSecond().median(),
              speed.rowsPerSecond().max(),
              speed.rounds(),
              speed.rows(),
              speed.redisMicros(),
              speed.clientMicros()));
    }
    lines.add("");
    lines.add("Redis " + redis);
    return lines;
  }

  private ObjectNode json() {
    ObjectNode json = new JsonMapper().createObjectNode();
    var bytes = json.putArray("bytes_per_entity");
    for (LayoutBench.Size size : sizes) {
      bytes
          .addObject()
          .put("case", size.shape())
          .put("layout", size.layout())
          .put("bytes", rounded(size.bytes()));
    }
    var rates = json.putArray("load_rows_per_second");
    for (LoadBench.Speed speed : speeds) {
      Spread rowsPerSecond = speed.rowsPerSecond();
      rates
          .addObject()
          .put("case", speed.load())
          .put("writer", speed.writer())
          .put("min", Math.round(rowsPerSecond.min()))
          .put("median", Math.round(rowsPerSecond.median()))
          .put("max", Math.round(rowsPerSecond.max()))
          .put("rounds", speed.rounds())
          .put("rows", speed.rows())
          .put("redis_cpu_us_per_row", hundredths(speed.redisMicros()))
          .put("client_cpu_us_per_row", hundredths(speed.clientMicros()));
    }
    return json.put("redis", redis);
  }

  private static double rounded(double value) {
    return Math.round(value * TENTHS) / TENTHS;
  }

  private static double hundredths(double value) {
    return Math.round(value * TENTHS * TENTHS) / (TENTHS * TENTHS);
  }
}
