package dev.plumbline.online;

import dev.plumbline.timeline.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What a server counts about itself. Thread-safe. */
final class ServerMetrics {
  private static final Duration[] LATENCIES =
      List.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000).stream()
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private record MethodAndCode(String method, String code) {}

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<MethodAndCode, Timer> calls = new ConcurrentHashMap<>();
  private final Map<Status, Counter> values = new EnumMap<>(Status.class);
  private final DistributionSummary rows;
  private final Counter storeErrors;
  private final Counter revisionErrors;
  private final MultiGauge revision;
  private final AtomicInteger current = new AtomicInteger();

  ServerMetrics() {
    for (Status status : Status.values()) {
      String name = status.name().toLowerCase(Locale.ROOT);
      values.put(
          status,
          Counter.builder("plumbline.values")
              .description("Feature values answered, by status")
              .tag("status", name)
              .register(registry));
    }
    rows =
        DistributionSummary.builder("plumbline.rows")
            .description("Rows per answered call")
            .serviceLevelObjectives(1, 10, 100, 1_000, 10_000)
            .register(registry);
    storeErrors =
        Counter.builder("plumbline.store.errors")
            .description("Reads that the online store did not answer")
            .register(registry);
    revisionErrors =
        Counter.builder("plumbline.revision.errors")
            .description("Attempts to load a registry revision that failed")
            .register(registry);
    revision =
        MultiGauge.builder("plumbline.revision")
            .description("The registry revision that is served")
            .register(registry);
    Gauge.builder("plumbline.revision.current", current, AtomicInteger::get)
        .description("1 if the published registry revision is the one that is served")
        .register(registry);
  }

  void called(String method, String code, long nanos) {
    calls
        .computeIfAbsent(new MethodAndCode(method, code), this::timer)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(MethodAndCode of) {
    return Timer.builder("plumbline.calls")
        .description("Calls by method and status code")
        .tag("method", of.method())
        .tag("code", of.code())
        .serviceLevelObjectives(LATENCIES)
        .register(registry);
  }

  void answered(int rowCount, ReplyWriter written) {
    rows.record(rowCount);
    values.forEach((status, counter) -> counter.increment((double) written.count(status)));
  }

  void storeFailed() {
    storeErrors.increment();
  }

  void revisionFailed() {
    revisionErrors.increment();
    revisionLost();
  }

  void revisionLost() {
    current.set(0);
  }

  void revisionServed(String fingerprint) {
    revision.register(
        List.of(MultiGauge.Row.of(Tags.of("fingerprint", fingerprint), 1)), /* overwrite= */ true);
    current.set(1);
  }

  /** Everything, in Prometheus' text format. */
  String scrape() {
    return registry.scrape();
  }
}
