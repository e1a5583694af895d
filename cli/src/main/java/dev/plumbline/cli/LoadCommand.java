package dev.plumbline.cli;

import dev.plumbline.client.FeatureRequest;
import dev.plumbline.client.PlumblineClient;
import dev.plumbline.client.ServiceDescription;
import dev.plumbline.client.ServiceDescription.Role;
import dev.plumbline.load.Caller;
import dev.plumbline.load.Channels;
import dev.plumbline.load.FeatureCalls;
import dev.plumbline.load.LoadResult;
import dev.plumbline.load.OpenLoop;
import dev.plumbline.load.Popularity;
import dev.plumbline.load.ProcessCpu;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plumb load}. */
@Command(
    name = "load",
    description = {
      "Put a feature server under load, and tell how long its answers take.",
      "Calls begin on a fixed schedule, whether or not earlier ones were answered; latency counts from where a call was due."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  plumb load delay_model --keys keys.csv --value minutes_to_departure=90 --rate 2000 --seconds 30",
      "where keys.csv begins with: origin.code,destination.code,route.origin,route.destination",
      "Exit codes: 0 done, 6 no call was answered."
    })
final class LoadCommand implements Callable<Integer> {
  private static final double NANOS_PER_MICRO = 1e3;
  private static final long SEED = 1;

  @Mixin private ProjectOptions options = new ProjectOptions();
  @Mixin private Asked asked = new Asked();

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description =
          "CSV with a header and a row for each entity, or entities of all roles: columns ROLE.KEY or KEY.")
  private @Nullable Path keys;

  @Option(
      names = "--range",
      paramLabel = "ROLE=FROM..TO",
      description = "Instead of a file: the entities of a role whose only key is a whole number.")
  private Map<String, String> ranges = new LinkedHashMap<>();

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Entities of each role in a call; default: ${DEFAULT-VALUE}.",
      defaultValue = "1")
  private int rows = 1;

  @Option(names = "--rate", paramLabel = "N", required = true, description = "Calls a second.")
  private double rate;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long; default: ${DEFAULT-VALUE}.",
      defaultValue = "10")
  private int seconds = 10;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "Seconds before that which do not count; default: ${DEFAULT-VALUE}.",
      defaultValue = "5")
  private int warmUp = 5;

  @Option(
      names = "--zipf",
      paramLabel = "EXPONENT",
      description =
          "Ask for the k-th most popular entity in proportion to k^-EXPONENT, e.g. 0.99; otherwise for all alike.")
  private @Nullable Double zipf;

  @Option(
      names = "--deadline",
      paramLabel = "DURATION",
      description = "Of each call; default: ${DEFAULT-VALUE}.",
      defaultValue = "1s")
  private String deadline = "1s";

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "Default: ${DEFAULT-VALUE}.",
      defaultValue = "4")
  private int connections = 4;

  @Option(
      names = "--server-pid",
      paramLabel = "PID",
      description =
          "The server's process, if it runs on this machine: tell its processor time too.")
  private @Nullable Long serverPid;

  @Option(names = "--redis-pid", paramLabel = "PID", description = "The same of its Redis.")
  private @Nullable Long redisPid;

  @Override
  public Integer call() throws InterruptedException {
    rejectNonsense();
    asked.rejectContradiction();
    String target = asked.server(options);
    Duration patience = Durations.parsePositive("--deadline", deadline);
    Map<String, Long> processes = processes();
    LoadedRequests requests = requests(target);
    LoadReport report;
    try (Channels channels = Channels.to(target, connections)) {
      List<Caller> callers = FeatureCalls.over(channels, patience, requests);
      if (warmUp > 0) {
        var unused = OpenLoop.run(callers, schedule(warmUp, patience));
      }
      Map<String, Double> before = cpuMicros(processes);
      LoadResult result = OpenLoop.run(callers, schedule(seconds, patience));
      Map<String, Double> used = cpuMicros(processes);
      used.replaceAll((process, micros) -> micros - before.getOrDefault(process, 0.0));
      report = new LoadReport(target, asked.what(), rate, rows, result, used);
    }
    options.console().result("load", report::text, report::json);
    return report.result().replies() == 0 ? Failures.UNAVAILABLE : 0;
  }

  /** What has no answer a second after its deadline has none any more. */
  private OpenLoop.Schedule schedule(int time, Duration deadline) {
    return new OpenLoop.Schedule(rate, Duration.ofSeconds(time), deadline.plusSeconds(1));
  }

  private void rejectNonsense() {
    rejectLess("--rows", rows, 1);
    rejectLess("--seconds", seconds, 1);
    rejectLess("--warm-up", warmUp, 0);
    rejectLess("--connections", connections, 1);
    if (!(rate > 0 && rate <= 1_000_000)) {
      throw new UsageException(
          "--rate %s (expected: more than 0, at most a million)".formatted(rate));
    }
    if (zipf != null && !(zipf > 0)) {
      throw new UsageException("--zipf %s (expected: more than 0)".formatted(zipf));
    }
    if (keys != null && !ranges.isEmpty()) {
      throw new UsageException("--keys and --range (expected: one of them)");
    }
  }

  private static void rejectLess(String option, int given, int least) {
    if (given < least) {
      throw new UsageException("%s %d (expected: %d or more)".formatted(option, given, least));
    }
  }

  private LoadedRequests requests(String target) {
    try (PlumblineClient client = PlumblineClient.connect(target)) {
      ServiceDescription description = asked.describe(client);
      LoadedRequests requests =
          new LoadedRequests(
              constant(description),
              pools(description),
              zipf == null ? new Popularity.Uniform() : new Popularity.Zipf(zipf),
              rows,
              SEED);
      var unused = client.get(requests.get()); // what is wrong with a request is told once
      return requests;
    }
  }

  private FeatureRequest constant(ServiceDescription description) {
    FeatureRequest request = asked.request();
    for (Role role : description.roles()) {
      request = role.keys().isEmpty() ? request.entities(role.name(), Map.of()) : request;
    }
    return asked.withValues(request, description);
  }

  private List<KeyPool> pools(ServiceDescription description) {
    List<Role> roles = description.roles().stream().filter(role -> !role.keys().isEmpty()).toList();
    if (keys != null) {
      return roles.isEmpty() ? List.of() : List.of(KeyFile.read(keys, roles));
    }
    RequestValues.rejectUnknown(
        "--range", ranges.keySet(), roles.stream().map(Role::name).toList());
    List<KeyPool> pools = new ArrayList<>();
    for (Role role : roles) {
      String range = ranges.get(role.name());
      if (range == null) {
        throw new UsageException(
            "no entities for role '%s' (%s); add --keys FILE, or --range %s=FROM..TO"
                .formatted(role.name(), role.entity(), role.name()));
      }
      pools.add(KeyRange.parse(role.name(), range).of(role));
    }
    return pools;
  }

  /** Whose processor time is told, by name. */
  private Map<String, Long> processes() {
    Map<String, Long> processes = new LinkedHashMap<>();
    processes.put("client", ProcessHandle.current().pid());
    add(processes, "server", "--server-pid", serverPid);
    add(processes, "redis", "--redis-pid", redisPid);
    return processes;
  }

  private static void add(
      Map<String, Long> processes, String name, String option, @Nullable Long pid) {
    if (pid == null) {
      return;
    }
    if (!ProcessCpu.isKnown(pid)) {
      throw new UsageException(
          "%s %d (expected: a process of this machine and user)".formatted(option, pid));
    }
    processes.put(name, pid);
  }

  private static Map<String, Double> cpuMicros(Map<String, Long> processes) {
    Map<String, Double> micros = new LinkedHashMap<>();
    processes.forEach(
        (name, pid) -> micros.put(name, ProcessCpu.of(pid).toNanos() / NANOS_PER_MICRO));
    return micros;
  }
}
