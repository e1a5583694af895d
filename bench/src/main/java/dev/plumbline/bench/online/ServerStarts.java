package dev.plumbline.bench.online;

import dev.plumbline.bench.measure.Spread;
import dev.plumbline.bench.measure.Stopwatch;
import dev.plumbline.failure.UnavailableException;
import dev.plumbline.load.Caller;
import dev.plumbline.load.Channels;
import dev.plumbline.load.ClosedLoop;
import dev.plumbline.load.GrpcCaller;
import dev.plumbline.load.LoadResult;
import dev.plumbline.load.ProcessCpu;
import dev.plumbline.load.Question;
import dev.plumbline.offline.Progress;
import dev.plumbline.serving.v1.Column;
import dev.plumbline.serving.v1.DescribeFeatureServiceRequest;
import dev.plumbline.serving.v1.DescribeFeatureServiceResponse;
import dev.plumbline.serving.v1.Doubles;
import dev.plumbline.serving.v1.FeatureServingGrpc;
import dev.plumbline.serving.v1.FieldSchema;
import dev.plumbline.serving.v1.GetFeaturesRequest;
import dev.plumbline.serving.v1.Ints;
import dev.plumbline.serving.v1.NamedColumn;
import dev.plumbline.serving.v1.RoleKeys;
import dev.plumbline.serving.v1.RoleSchema;
import dev.plumbline.serving.v1.Strings;
import dev.plumbline.store.OnlineStore;
import dev.plumbline.store.RedisAddress;
import dev.plumbline.store.RedisOnlineStore;
import dev.plumbline.store.RedisSettings;
import dev.plumbline.store.local.EphemeralRedis;
import io.grpc.Channel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Starts the server as its image does, again and again: how long it takes until health says
 * SERVING, and how much memory it has then and after some thousand calls.
 */
public final class ServerStarts {
  private static final Duration CALLS = Duration.ofSeconds(5);
  private static final int AT_ONCE = 2;

  private final Path scratch;
  private final Progress progress;

  /**
   * @param scratch where metadata is written
   */
  public ServerStarts(Path scratch, Progress progress) {
    this.scratch = scratch;
    this.progress = progress;
  }

  /** What one start came to. */
  private record Start(
      double seconds, double cpuSeconds, long startedBytes, long calls, long laterBytes) {}

  /**
   * Starts a server {@code rounds} times on each project, the projects taking turns.
   *
   * @throws UnavailableException if it does not start, or a call fails
   */
  public StartReport run(int rounds) throws InterruptedException {
    ServerImage image = ServerImage.ofCheckout();
    progress.at("the rehearsal");
    Path archive = image.archive(scratch);
    InstantSource clock = InstantSource.system();
    List<StartProject> projects =
        List.of(StartProject.flights(image.checkout()), StartProject.onDemand());
    List<List<Start>> starts = new ArrayList<>();
    try (EphemeralRedis redis = EphemeralRedis.start()) {
      try (OnlineStore store =
          RedisOnlineStore.connect(redis.address(), RedisSettings.DEFAULT, clock)) {
        for (StartProject project : projects) {
          project.publish(scratch, store, clock);
          starts.add(new ArrayList<>());
        }
      }
      for (int round = 1; round <= rounds; round++) {
        for (int i = 0; i < projects.size(); i++) {
          progress.at("%s, start %d of %d".formatted(projects.get(i).name(), round, rounds));
          starts.get(i).add(start(image, archive, projects.get(i), redis.address()));
        }
      }
    }
    return new StartReport(
        image.jars().size(),
        image.bytes(),
        archive.toFile().length(),
        IntStream.range(0, projects.size())
            .mapToObj(i -> result(projects.get(i), starts.get(i)))
            .toList());
  }

  private static StartReport.Case result(StartProject project, List<Start> starts) {
    return new StartReport.Case(
        project.name(),
        Spread.of(starts.stream().map(Start::seconds).toList()),
        Spread.of(starts.stream().map(Start::cpuSeconds).toList()),
        Spread.of(starts.stream().map(start -> (double) start.startedBytes()).toList()),
        Spread.of(starts.stream().map(start -> (double) start.calls()).toList()),
        Spread.of(starts.stream().map(start -> (double) start.laterBytes()).toList()));
  }

  private static Start start(
      ServerImage image, Path archive, StartProject project, RedisAddress redis)
      throws InterruptedException {
    List<String> command =
        image.command(
            archive,
            List.of("--project=" + project.name(), "--redis=" + redis, "--listen=127.0.0.1:0"));
    Stopwatch watch = new Stopwatch();
    try (ServerProcess server = ServerProcess.start(command);
        Channels channels = Channels.to(server.target(), 1)) {
      Channel channel = channels.each().get(0);
      requireServing(channel);
      double seconds = watch.lap().seconds();
      double cpu = ProcessCpu.of(server.pid()).toNanos() / 1e9;
      long started = ResidentMemory.of(server.pid());
      long calls = calls(channel, project);
      return new Start(seconds, cpu, started, calls, ResidentMemory.of(server.pid()));
    }
  }

  private static void requireServing(Channel channel) {
    ServingStatus health =
        HealthGrpc.newBlockingStub(channel)
            .check(HealthCheckRequest.getDefaultInstance())
            .getStatus();
    if (health != ServingStatus.SERVING) {
      throw new UnavailableException(
          "a server that listens is %s (expected: SERVING)".formatted(health));
    }
  }

  private static long calls(Channel channel, StartProject project) throws InterruptedException {
    DescribeFeatureServiceResponse asked =
        FeatureServingGrpc.newBlockingStub(channel)
            .describeFeatureService(
                DescribeFeatureServiceRequest.newBuilder()
                    .setFeatureService(project.service())
                    .build());
    // alone, for a server that has just started is slow
    FeatureServingGrpc.newBlockingStub(channel).getFeatures(request(project, asked, 0));
    AtomicInteger next = new AtomicInteger();
    List<Caller> callers =
        IntStream.range(0, AT_ONCE)
            .<Caller>mapToObj(
                i ->
                    new GrpcCaller<>(
                        channel,
                        FeatureServingGrpc.getGetFeaturesMethod(),
                        Optional.empty(),
                        () -> Question.of(request(project, asked, next.getAndIncrement()))))
            .toList();
    LoadResult load = ClosedLoop.run(callers, CALLS);
    if (load.failed() > 0) {
      throw new UnavailableException("calls failed: %s".formatted(load.failures()));
    }
    return load.replies();
  }

  private static GetFeaturesRequest request(
      StartProject project, DescribeFeatureServiceResponse asked, int number) {
    GetFeaturesRequest.Builder request =
        GetFeaturesRequest.newBuilder().setFeatureService(project.service());
    Column key =
        Column.newBuilder()
            .setStrings(
                Strings.newBuilder()
                    .addValues(StartProject.key(Math.floorMod(number, StartProject.ENTITIES))))
            .build();
    for (RoleSchema role : asked.getRolesList()) {
      RoleKeys.Builder keys = request.addEntitiesBuilder().setRole(role.getRole());
      role.getKeysList()
          .forEach(each -> keys.addKeysBuilder().setName(each.getName()).setColumn(key));
    }
    asked.getRequestValuesList().forEach(value -> request.addRequestValues(given(value, number)));
    return request.build();
  }

  private static NamedColumn given(FieldSchema value, int number) {
    Column.Builder column = Column.newBuilder();
    switch (value.getType()) {
      case "int" -> column.setInts(Ints.newBuilder().addValues(number));
      case "double" -> column.setDoubles(Doubles.newBuilder().addValues(number));
      default ->
          throw new IllegalArgumentException(
              "a request value of type %s (expected: int or double)".formatted(value.getType()));
    }
    return NamedColumn.newBuilder().setName(value.getName()).setColumn(column).build();
  }
}
