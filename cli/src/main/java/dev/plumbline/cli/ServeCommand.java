package dev.plumbline.cli;

import dev.plumbline.failure.UnavailableException;
import dev.plumbline.online.FeatureServer;
import dev.plumbline.online.FeatureServerSettings;
import dev.plumbline.online.FeatureServerSettings.FrozenClock;
import dev.plumbline.online.LimitOptions;
import dev.plumbline.store.RedisSettings;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plumb serve}. */
@Command(
    name = "serve",
    description = "Answer feature look-ups over gRPC until stopped.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  @Mixin private ProjectOptions options = new ProjectOptions();

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "Default: the server of plumb.yaml, or localhost:6566.")
  private @Nullable String listen;

  @Option(
      names = "--metrics",
      paramLabel = "HOST:PORT",
      description = "Also answer GET /metrics for Prometheus here.")
  private @Nullable String metrics;

  @Option(names = "--allow-now", description = "Let a frozen clock be served beyond this machine.")
  private boolean allowNow;

  @Mixin private LimitOptions limits = new LimitOptions();

  @Override
  public Integer call() throws InterruptedException {
    try (Workspace workspace = options.open();
        FeatureServer server = start(workspace)) {
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      workspace
          .clock()
          .frozenAt()
          .ifPresent(
              now ->
                  workspace
                      .console()
                      .note("the clock is frozen at %s: every answer is of then".formatted(now)));
      workspace
          .console()
          .result(
              "serve",
              () ->
                  "Serving '%s' at %s. Stop with Ctrl-C."
                      .formatted(workspace.project().config().project(), text(server)),
              () -> Console.json().put("address", text(server)));
      server.awaitTermination();
      return 0;
    }
  }

  private FeatureServer start(Workspace workspace) {
    FeatureServerSettings settings = settings(workspace);
    try {
      return workspace.serve(settings, patience());
    } catch (IOException e) {
      throw new UnavailableException(String.valueOf(e.getMessage()), e);
    }
  }

  private FeatureServerSettings settings(Workspace workspace) {
    String address = listen == null ? workspace.project().config().server() : listen;
    try {
      return new FeatureServerSettings(
          workspace.project().config().project(),
          Addresses.parse("--listen", address),
          Optional.ofNullable(metrics).map(text -> Addresses.parse("--metrics", text)),
          workspace.clock(),
          allowNow ? FrozenClock.ANYWHERE : FrozenClock.LOOPBACK_ONLY,
          limits.serving());
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private RedisSettings patience() {
    try {
      return limits.redis();
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  static String text(FeatureServer server) {
    return server.address().getAddress().getHostAddress() + ":" + server.port();
  }
}
