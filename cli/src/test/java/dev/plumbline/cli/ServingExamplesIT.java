package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.protobuf.util.JsonFormat;
import dev.plumbline.serving.v1.FeatureServingGrpc;
import dev.plumbline.serving.v1.GetFeaturesRequest;
import dev.plumbline.serving.v1.GetFeaturesResponse;
import dev.plumbline.store.local.EphemeralRedis;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways of asking a server that the README shows ask for the same and are told the same. */
class ServingExamplesIT {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern GRPCURL =
      Pattern.compile(
          "```\ngrpcurl -plaintext -d '(\\{.*?\n})' (\\S+) (\\S+)\n```", Pattern.DOTALL);

  @TempDir static Path folder;
  private static EphemeralRedis redis;
  private static RunningServer server;
  private static String address = "";

  @BeforeAll
  static void serve() throws IOException {
    for (String name : List.of("definitions", "examples")) {
      Files.createSymbolicLink(folder.resolve(name), ROOT.resolve(name));
    }
    redis = EphemeralRedis.start();
    Files.writeString(
        folder.resolve("plumb.yaml"),
        "project: flights\nnow: 2001-06-15T12:00:00Z\nredis: '%s'\n".formatted(redis.address()));
    Terminal.run(plumb("apply")).exits(0);
    Terminal.run(plumb("materialize", "--all")).exits(0);
    server = RunningServer.start(plumb("serve", "--listen", "127.0.0.1:0", "--format", "json"));
    address = new Terminal.Output(0, server.greeting(), "").json("serve").path("address").asText();
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (server != null) {
      server.close();
    }
    redis.close();
  }

  @Test
  void theJsonOfTheReadmeIsARequest() throws Exception {
    GetFeaturesRequest.Builder request = GetFeaturesRequest.newBuilder();
    JsonFormat.parser().merge(grpcurl().group(1), request);
    ManagedChannel channel = NettyChannelBuilder.forTarget(address).usePlaintext().build();
    try {
      assertReply(FeatureServingGrpc.newBlockingStub(channel).getFeatures(request.build()));
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void grpcurlIsAnsweredWithoutFiles() throws Exception {
    Matcher shown = grpcurl();
    assumeThat(Programs.works("grpcurl", "-version")).as("grpcurl is installed").isTrue();

    String printed =
        Programs.run(
            folder,
            List.of("grpcurl", "-plaintext", "-d", shown.group(1), address, shown.group(3)),
            Map.of());

    GetFeaturesResponse.Builder reply = GetFeaturesResponse.newBuilder();
    JsonFormat.parser().merge(printed, reply);
    assertReply(reply.build());
  }

  @Test
  void javaAsksTheSame() throws Exception {
    Path example = ROOT.resolve("examples/java/GetFeatures.java");

    String printed =
        Programs.run(
            folder,
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                example.toString(),
                address),
            Map.of());

    assertThat(printed.lines())
        .hasSize(21)
        .contains(
            "origin:flights_1d@1 [683] [PRESENT]",
            "destination:state@1 [IL] [PRESENT]",
            "delay_context:hours_to_departure@1 [1.500000] [PRESENT]");
    String shown = Files.readString(example).replaceAll("(?m)^ {4}", "");
    assertThat(Files.readString(ROOT.resolve("README.md")))
        .contains(
            "```java\n"
                + shown.substring(shown.indexOf("try (Plumb"), shown.lastIndexOf("  }\n}\n"))
                + "```");
  }

  @Test
  void pythonAsksTheSameInTwelveLines() throws Exception {
    Path example = ROOT.resolve("examples/python/get_features.py");
    String program = Files.readString(example);
    assertThat(program.lines()).hasSizeLessThanOrEqualTo(12);
    assertThat(Files.readString(ROOT.resolve("README.md")))
        .contains("```python\n" + program + "```");
    assumeThat(Programs.works("python3", "-c", "import grpc, grpc_tools"))
        .as("grpcio-tools is installed")
        .isTrue();
    Path stubs = Files.createDirectory(folder.resolve("stubs"));
    Programs.run(
        folder,
        List.of(
            "python3",
            "-m",
            "grpc_tools.protoc",
            "-I",
            ROOT.resolve("proto/src/main/protobuf").toString(),
            "--python_out=" + stubs,
            "--grpc_python_out=" + stubs,
            "plumbline/serving/v1/serving.proto"),
        Map.of());

    String printed =
        Programs.run(
            folder,
            List.of("python3", example.toString(), address),
            Map.of("PYTHONPATH", stubs.toString()));

    assertThat(printed.lines())
        .hasSize(21)
        .contains(
            "origin:flights_1d@1 {'bigints': {'values': ['683']}} STATUS_PRESENT",
            "destination:state@1 {'strings': {'values': ['IL']}} STATUS_PRESENT");
  }

  private static void assertReply(GetFeaturesResponse reply) {
    assertThat(reply.getFeaturesCount()).isEqualTo(21);
    assertThat(reply.getFeatures(1).getName()).isEqualTo("origin:flights_1d@1");
    assertThat(reply.getFeatures(1).getColumn().getBigints().getValuesList()).containsExactly(683L);
    assertThat(reply.getFeatures(13).getColumn().getStrings().getValuesList())
        .containsExactly("IL");
    assertThat(reply.getViewsCount()).isEqualTo(5);
  }

  private static Matcher grpcurl() throws IOException {
    Matcher shown = GRPCURL.matcher(Files.readString(ROOT.resolve("README.md")));
    assertThat(shown.find()).as("the README shows a call with grpcurl").isTrue();
    assertThat(shown.group(3)).isEqualTo(FeatureServingGrpc.SERVICE_NAME + "/GetFeatures");
    return shown;
  }

  private static String[] plumb(String... words) {
    return Stream.concat(Stream.of(words), Stream.of("--project", folder.toString()))
        .toArray(String[]::new);
  }
}
