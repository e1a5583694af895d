package dev.plumbline.online;

import dev.plumbline.online.FeatureServerSettings.FrozenClock;
import dev.plumbline.store.RedisAddress;
import dev.plumbline.store.RedisSettings;
import dev.plumbline.store.StoreUnavailableException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * A feature server that runs by itself, as in a container: all it needs is options and a Redis. It
 * serves until it gets SIGTERM or SIGINT, and then lets the calls under way end.
 */
@Command(
    name = "plumbline-server",
    description = "Serve the features of one project from its Redis, over gRPC.",
    mixinStandardHelpOptions = true,
    version = "plumbline 0.1.0",
    footer = {
      "",
      "A password of Redis is taken from the environment variable "
          + Main.PASSWORD
          + ", where no one else sees it.",
      "Exit codes: 2 usage, 6 no Redis, or an address is taken."
    })
public final class Main implements Callable<Integer> {
  static final String PASSWORD = "PLUMB_REDIS_PASSWORD";

  /** How long a signal waits for a server that is just starting. */
  private static final Duration TO_START = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(Main.class);
  private static final int UNAVAILABLE = 6;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--project", paramLabel = "NAME", required = true, description = "Its name.")
  private String project = "";

  @Option(
      names = "--redis",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1:6379",
      description =
          "host:port, redis://, rediss:// for TLS, redis-sentinel://, redis-cluster:// or redis-socket://; default: ${DEFAULT-VALUE}.")
  private String redis = "";

  @Option(
      names = "--redis-tries",
      paramLabel = "N",
      defaultValue = "60",
      description =
          "How often Redis is looked for at the start, a second apart; default: ${DEFAULT-VALUE}.")
  private int redisTries;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:6566",
      converter = AddressText.class,
      description = "Default: ${DEFAULT-VALUE}.")
  private InetSocketAddress listen = new InetSocketAddress(0);

  @Option(
      names = "--metrics",
      paramLabel = "HOST:PORT",
      converter = AddressText.class,
      description = "Also answer GET /metrics for Prometheus here.")
  private @Nullable InetSocketAddress metrics;

  @Option(
      names = "--now",
      paramLabel = "INSTANT",
      description = "Freeze the clock, e.g. 2001-06-15T12:00:00Z.")
  private @Nullable Instant now;

  @Option(names = "--allow-now", description = "Let a frozen clock be served beyond this machine.")
  private boolean allowNow;

  @Mixin private LimitOptions limits = new LimitOptions();

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    FeatureServerSettings settings = usage(this::settings);
    RedisAddress address = usage(this::redisAddress);
    RedisSettings patience = usage(limits::redis);
    try {
      new AwaitedRedis(address, patience, redisTries, settings.clock()).await();
      CompletableFuture<FeatureServer> started = new CompletableFuture<>();
      // before it starts: a signal may come as soon as it says that it listens
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(started), "plumbline-stop"));
      start(settings, address, patience, started).awaitTermination();
      return 0;
    } catch (StoreUnavailableException e) {
      LOG.error("{}", e.getMessage());
      return UNAVAILABLE;
    } catch (IOException e) {
      LOG.error("{}", e.getMessage());
      return UNAVAILABLE;
    }
  }

  private static FeatureServer start(
      FeatureServerSettings settings,
      RedisAddress address,
      RedisSettings patience,
      CompletableFuture<FeatureServer> started)
      throws IOException {
    try {
      FeatureServer server = FeatureServer.start(settings, address, patience);
      started.complete(server);
      return server;
    } finally {
      started.cancel(false); // unless it is there
    }
  }

  private static void stop(CompletableFuture<FeatureServer> started) {
    started
        .handle((server, failure) -> Optional.ofNullable(server))
        .completeOnTimeout(Optional.empty(), TO_START.toSeconds(), TimeUnit.SECONDS)
        .join()
        .ifPresent(
            server -> {
              LOG.info("stopping: no more calls are taken, those under way may end");
              server.close();
              LOG.info("stopped");
            });
  }

  private FeatureServerSettings settings() {
    return new FeatureServerSettings(
        project,
        listen,
        Optional.ofNullable(metrics),
        Optional.ofNullable(now).map(ServerClock::frozenAt).orElseGet(ServerClock::system),
        allowNow ? FrozenClock.ANYWHERE : FrozenClock.LOOPBACK_ONLY,
        limits.serving());
  }

  private RedisAddress redisAddress() {
    RedisAddress address = RedisAddress.parse(redis);
    return Optional.ofNullable(System.getenv(PASSWORD))
        .filter(password -> !password.isEmpty())
        .map(address::withPassword)
        .orElse(address);
  }

  /** What {@code options} are turned into; what is wrong with them is a matter of usage. */
  private <T> T usage(Supplier<T> options) {
    try {
      return options.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
