package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.plumbline.store.local.EphemeralRedis;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of the Spark API do what they say: one as a Maven project that has nothing of ours
 * but what is in a repository, one in Scala, one in PySpark. All run in processes of their own.
 */
class SparkExamplesIT {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path OPENS = Path.of("src/main/launcher/spark.opens").toAbsolutePath();
  private static final List<String> MODULES =
      List.of("timeline", "expression", "registry", "store", "offline");
  private static final String VERSION = "0.1.0-SNAPSHOT";

  /** What the environment of a submitted program would say. */
  private static final Map<String, String> SPARK =
      Map.of(
          "spark.master", "local[2]",
          "spark.ui.enabled", "false",
          "spark.driver.host", "127.0.0.1",
          "spark.driver.bindAddress", "127.0.0.1");

  @TempDir static Path folder;

  @BeforeAll
  static void makeTheProject() throws IOException {
    for (String name : List.of("definitions", "examples")) {
      Files.createSymbolicLink(folder.resolve(name), ROOT.resolve(name));
    }
    try (EphemeralRedis redis = EphemeralRedis.start()) {
      Files.writeString(
          folder.resolve("plumb.yaml"),
          "project: flights\nnow: 2001-06-15T12:00:00Z\nredis: '%s'\n".formatted(redis.address()));
      plumb("apply");
      plumb("materialize", "--all", "--from", "2001-06-14T00:00:00Z");
    }
  }

  @Test
  void aForeignMavenProjectBuildsATrainingSet() throws Exception {
    assumeThat(Programs.works("mvn", "--version")).as("Maven is installed").isTrue();
    Path project = copyOf("examples/spark-java");
    Path repository = repository();

    Programs.run(
        folder,
        List.of(
            "mvn",
            "-o",
            "-B",
            "-q",
            "-Dmaven.repo.local=" + repository,
            "compile",
            "-f",
            project.resolve("pom.xml").toString()),
        Map.of());

    String classPath =
        project.resolve("target/classes")
            + File.pathSeparator
            + Files.readString(project.resolve("target/class.path")).strip();
    String printed = runExample(classPath);
    assertTrainingSet(printed);
    assertThat(rows(printed))
        .zipSatisfy(shown(), (row, start) -> assertThat(row).startsWith(start));
  }

  /** How the rows begin that the README shows. */
  private static List<String> shown() throws IOException {
    return rows(Files.readString(ROOT.resolve("README.md"))).stream()
        .filter(row -> row.endsWith(",…}"))
        .map(row -> row.substring(0, row.indexOf(",…}")))
        .toList();
  }

  @Test
  void scalaBuildsTheSame() throws Exception {
    Path classes = Files.createDirectory(folder.resolve("scala"));
    String classPath = System.getProperty("java.class.path");

    boolean compiled =
        scala.tools.nsc.Main.process(
            new String[] {
              "-classpath",
              classPath,
              "-d",
              classes.toString(),
              "-Werror",
              ROOT.resolve("examples/spark-scala/TrainingSetExample.scala").toString()
            });

    assertThat(compiled).isTrue();
    assertTrainingSet(runExample(classes + File.pathSeparator + classPath));
  }

  private static String runExample(String classPath) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(ProcessHandle.current().info().command().orElseThrow(), "@" + OPENS, "-Xmx1g"));
    SPARK.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.addAll(List.of("-cp", classPath, "example.TrainingSetExample", folder.toString()));
    return Programs.run(folder, command, Map.of());
  }

  @Test
  void pythonBuildsTheSame() throws Exception {
    assumeThat(Programs.works("python3", "-c", "import pyspark"))
        .as("PySpark is installed")
        .isTrue();
    StringBuilder submit = new StringBuilder("--driver-class-path ");
    submit.append(System.getProperty("java.class.path"));
    SPARK.forEach(
        (name, value) -> submit.append(" --conf ").append(name).append('=').append(value));
    submit.append(" pyspark-shell");

    String printed =
        Programs.run(
            folder,
            List.of(
                "python3",
                ROOT.resolve("examples/pyspark/training_set.py").toString(),
                folder.toString()),
            Map.of("PYSPARK_SUBMIT_ARGS", submit.toString()));

    assertTrainingSet(printed);
  }

  @Test
  void theReadmeShowsWhatRuns() throws IOException {
    String python = Files.readString(ROOT.resolve("examples/pyspark/training_set.py"));

    assertThat(ROOT.relativize(OPENS)).hasToString("cli/src/main/launcher/spark.opens");
    assertThat(Files.readString(ROOT.resolve("README.md")))
        .contains("java -Dspark.master='local[*]' @" + ROOT.relativize(OPENS) + " ")
        .contains("example.TrainingSetExample .")
        .contains("```python\n" + python.substring(python.indexOf('\n') + 1) + "```");
  }

  private static List<String> rows(String text) {
    return text.lines().filter(line -> line.startsWith("{\"asked_at\"")).toList();
  }

  private static void assertTrainingSet(String printed) {
    List<String> rows = rows(printed);
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0))
        .contains("\"origin\":\"ATL\"", "\"minutes_to_departure\":90", "\"late\":false")
        .contains("\"origin__flights_1d\":697", "\"delay_context__hours_to_departure\":1.500000")
        .contains("\"destination__airport_departures__status\":\"PRESENT\"");
    assertThat(rows.get(1))
        .contains("\"destination\":\"XYZ\"", "\"destination__flights_1d\":0")
        .contains("\"destination__airport_departures__status\":\"MISSING\"");
  }

  /**
   * What {@code mvn install} would make: a local repository with the artifacts of this build, and
   * links to everything that this machine's has.
   */
  private static Path repository() throws IOException {
    Path known =
        Path.of(
            System.getProperty(
                "localRepository", System.getProperty("user.home") + "/.m2/repository"));
    Path repository = Files.createDirectory(folder.resolve("repository"));
    Path ours = Files.createDirectories(repository.resolve("dev/plumbline"));
    link(known, repository, "dev");
    link(known.resolve("dev"), repository.resolve("dev"), "plumbline");
    install(ours, "plumbline", ROOT.resolve("pom.xml"));
    for (String module : MODULES) {
      install(ours, "plumbline-" + module, ROOT.resolve(module + "/pom.xml"));
      String jar = "plumbline-%s-%s.jar".formatted(module, VERSION);
      Files.copy(
          ROOT.resolve(module).resolve("target").resolve(jar),
          ours.resolve("plumbline-" + module).resolve(VERSION).resolve(jar));
    }
    return repository;
  }

  private static void link(Path from, Path to, String but) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    try (Stream<Path> all = Files.list(from)) {
      for (Path each : all.filter(path -> !path.endsWith(but)).toList()) {
        Files.createSymbolicLink(to.resolve(each.getFileName()), each);
      }
    }
  }

  private static void install(Path group, String artifact, Path pom) throws IOException {
    Path place = Files.createDirectories(group.resolve(artifact).resolve(VERSION));
    Files.copy(pom, place.resolve("%s-%s.pom".formatted(artifact, VERSION)));
  }

  private static Path copyOf(String example) throws IOException {
    Path from = ROOT.resolve(example);
    Path to = folder.resolve("foreign");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    return to;
  }

  private static void plumb(String... words) {
    Terminal.run(
            Stream.concat(Stream.of(words), Stream.of("--project", folder.toString()))
                .toArray(String[]::new))
        .exits(0);
  }
}
