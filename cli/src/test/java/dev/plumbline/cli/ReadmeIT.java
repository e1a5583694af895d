package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.store.local.LocalRedis;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's walk by hand: its commands run, in order, and print what it shows. */
class ReadmeIT {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern STEP =
      Pattern.compile("```sh\n(.*?)```\n```text\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;
  private final List<RunningServer> servers = new ArrayList<>();
  private String address = "";

  @BeforeEach
  void copyTheProject() throws IOException {
    address = "127.0.0.1:" + freePort();
    copy("definitions");
    copy("examples/flights/data");
    copy("examples/flights/asked.csv");
    Files.writeString(
        folder.resolve("plumb.yaml"),
        Files.readString(ROOT.resolve("plumb.yaml")) + "\nserver: " + address + "\n");
  }

  @AfterEach
  void stop() throws InterruptedException {
    for (RunningServer server : servers) {
      server.close();
    }
    new LocalRedis(folder.resolve(".plumb/redis")).stop();
  }

  @Test
  void theWalkByHandPrintsWhatTheReadmeShows() throws Exception {
    List<MatchResult> steps =
        STEP.matcher(Files.readString(ROOT.resolve("README.md"))).results().toList();

    assertThat(steps).hasSizeGreaterThan(5);
    for (MatchResult step : steps) {
      assertThat(printedBy(step.group(1))).as(step.group(1)).isEqualTo(step.group(2));
    }
    duckDbReadsTheDataset();
    pandasReadsTheDataset();
  }

  private void duckDbReadsTheDataset() throws Exception {
    String sql = block("sql").replace("'.plumb/", "'" + folder + "/.plumb/");
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> splits = new ArrayList<>();
      while (rows.next()) {
        splits.add(rows.getString(1));
        assertThat(rows.getDouble(2)).isBetween(0.05, 0.5);
      }
      assertThat(splits).containsExactlyInAnyOrder("train", "validation", "test");
    }
  }

  /** Where Python has pandas; nothing else of the walk needs it. */
  private void pandasReadsTheDataset() throws Exception {
    if (exitCode("import pandas, pyarrow") == 0) {
      assertThat(exitCode(block("python") + "assert 0 < len(known) < len(train)")).isZero();
    }
  }

  private int exitCode(String python) throws Exception {
    try {
      return new ProcessBuilder("python3", "-c", python)
          .directory(folder.toFile())
          .inheritIO()
          .start()
          .waitFor();
    } catch (IOException e) {
      return -1;
    }
  }

  /** The README's first block of a language. */
  private static String block(String language) throws IOException {
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(ROOT.resolve("README.md")));
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  private String printedBy(String commands) {
    StringBuilder printed = new StringBuilder();
    for (String line : commands.replace("\\\n", "").lines().toList()) {
      assertThat(line).startsWith("./plumb ");
      printed.append(run(line.substring("./plumb ".length())));
    }
    return printed.toString().replace(folder.toString(), "…").replace(address, "127.0.0.1:6566");
  }

  /** As in a terminal that stands in the project. */
  private String run(String line) {
    String[] arguments =
        Stream.concat(
                Stream.of(line.split(" +")).map(this::inTheProject),
                Stream.of("--project", folder.toString()))
            .toArray(String[]::new);
    if (line.startsWith("serve")) {
      servers.add(RunningServer.start(arguments));
      return servers.get(servers.size() - 1).greeting();
    }
    return Terminal.run(arguments).exits(0).out();
  }

  private String inTheProject(String word) {
    return word.startsWith(".plumb/") || word.startsWith("examples/")
        ? folder.resolve(word).toString()
        : word;
  }

  private void copy(String name) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve(name))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = folder.resolve(ROOT.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
