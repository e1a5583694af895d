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
  private static final String README_ADDRESS = "127.0.0.1:6566";
  private static final Pattern GRPCURL =
      Pattern.compile("```\n(grpcurl -plaintext -d '(\\{.*?\n})' .*?)```", Pattern.DOTALL);
  private static final Pattern DESCRIBE =
      Pattern.compile("```\n(grpcurl .*/DescribeFeatureService)\n```");
  private static final Pattern JAVA = Pattern.compile("```\n(java .* examples/java/\\S+ .*\n)```");
  private static final Pattern PYTHON =
      Pattern.compile("\npip install grpcio-tools\n(.*?)```", Pattern.DOTALL);

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
    JsonFormat.parser().merge(shown(GRPCURL).group(2), request);
    ManagedChannel channel = NettyChannelBuilder.forTarget(address).usePlaintext().build();
    try {
      assertReply(FeatureServingGrpc.newBlockingStub(channel).getFeatures(request.build()));
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void grpcurlIsAnsweredWithoutFiles() throws Exception {
    assumeThat(Programs.works("grpcurl", "-version")).as("grpcurl is installed").isTrue();

    String printed = shell(shown(GRPCURL).group(1));

    GetFeaturesResponse.Builder reply = GetFeaturesResponse.newBuilder();
    JsonFormat.parser().merge(printed, reply);
    assertReply(reply.build());
    assertThat(shell(shown(DESCRIBE).group(1))).contains("\"role\": \"route\"");
  }

  @Test
  void javaAsksTheSame() throws Exception {
    Path example = ROOT.resolve("examples/java/GetFeatures.java");

    String java = ProcessHandle.current().info().command().orElseThrow();
    String printed =
        shell(
            shown(JAVA)
                .group(1)
                .replace("java -cp", java + " -cp")
                .replace(
                    "$(cat cli/target/launcher/*.classpath)",
                    System.getProperty("java.class.path")));

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

    String printed = shell(shown(PYTHON).group(1).replace("target/", folder + "/"));

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

  private static Matcher shown(Pattern commands) throws IOException {
    Matcher shown = commands.matcher(Files.readString(ROOT.resolve("README.md")));
    assertThat(shown.find()).as("the README shows %s", commands).isTrue();
    return shown;
  }

  /** What commands of the README print that ask this server, in the checkout. */
  private static String shell(String commands) throws IOException, InterruptedException {
    assertThat(commands).contains(README_ADDRESS);
    String there = "cd '%s'\n%s".formatted(ROOT, commands.replace(README_ADDRESS, address));
    return Programs.run(folder, List.of("sh", "-ec", there), Map.of());
  }

  private static String[] plumb(String... words) {
    return Stream.concat(Stream.of(words), Stream.of("--project", folder.toString()))
        .toArray(String[]::new);
  }
}
