package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.store.local.LocalRedis;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project to begin with: it is there, it works, and what was there before is left alone. */
class InitIT {
  @TempDir Path parent;
  private final List<RunningServer> servers = new ArrayList<>();

  @AfterEach
  void stop() throws InterruptedException {
    for (RunningServer server : servers) {
      server.close();
    }
    new LocalRedis(parent.resolve("shop/.plumb/redis")).stop();
  }

  @Test
  void theCommandsThatItPrintsWorkOneAfterTheOther() throws Exception {
    Path folder = parent.resolve("shop");
    String printed = Terminal.run("init", folder.toString()).exits(0).out();
    listenElsewhere(folder);

    List<String> steps = steps(printed);

    assertThat(steps).hasSize(NewProject.STEPS.size());
    String last = "";
    for (String step : steps) {
      last = run(step, folder);
    }
    assertThat(last)
        .containsPattern("customer:orders_7d@1 +3 +PRESENT")
        .containsPattern("customer:city@1 +Turku +PRESENT")
        .doesNotContain("MISSING", "EXPIRED", "INVALID");
    assertThat(folder.resolve(".plumb/datasets/reorder_training/v1")).isNotEmptyDirectory();
  }

  @Test
  void tellsProgramsWhatItWroteAndWhatIsNext() throws Exception {
    Path folder = parent.resolve("shop");

    JsonNode json =
        Terminal.run("init", folder.toString(), "--format", "json").exits(0).json("init");

    assertThat(json.path("folder").asText()).isEqualTo(folder.toString());
    assertThat(json.path("files")).hasSize(files(folder).size());
    assertThat(json.path("next").path(0).asText()).isEqualTo("plumb validate");
  }

  @Test
  void nothingIsWrittenOver() throws Exception {
    Files.createDirectories(parent.resolve("definitions"));
    Files.writeString(parent.resolve("definitions/customer.yaml"), "mine\n");

    Terminal.Output refused = Terminal.run("init", parent.toString()).exits(4);

    assertThat(refused.err())
        .contains(parent + " has definitions/customer.yaml already (expected: a folder without it)")
        .contains("nothing was written; name another folder");
    assertThat(files(parent)).containsExactly(parent.resolve("definitions/customer.yaml"));
    assertThat(parent.resolve("definitions/customer.yaml")).hasContent("mine");
  }

  @Test
  void aFileIsNoFolder() throws Exception {
    Path file = Files.writeString(parent.resolve("taken"), "mine\n");

    Terminal.Output refused = Terminal.run("init", file.toString()).exits(4);

    assertThat(refused.err())
        .contains(file + " is a file (expected: a folder, or nothing); name another");
    assertThat(file).hasContent("mine");
  }

  /** The lines that begin like a command, without what each is for. */
  private static List<String> steps(String printed) {
    return printed
        .lines()
        .filter(line -> line.startsWith("  plumb "))
        .map(line -> line.replaceFirst(" +#.*", "").strip().substring("plumb ".length()))
        .toList();
  }

  /** As in a terminal that stands in the folder. */
  private String run(String step, Path folder) {
    String[] arguments = (step + " --project " + folder).split(" ");
    if (step.equals("serve")) {
      servers.add(RunningServer.start(arguments));
      return servers.get(0).greeting();
    }
    return Terminal.run(arguments).exits(0).out();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  /** Another port than everybody's. */
  private static void listenElsewhere(Path folder) throws IOException {
    Path settings = folder.resolve("plumb.yaml");
    try (ServerSocket socket = new ServerSocket(0)) {
      Files.writeString(
          settings,
          Files.readString(settings) + "\nserver: 127.0.0.1:" + socket.getLocalPort() + "\n");
    }
  }
}
