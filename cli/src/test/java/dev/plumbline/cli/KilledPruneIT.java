package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code plumb prune} is killed with SIGKILL at some instant after it has begun to delete, and run
 * again: nothing is left of the version, and nothing of the one beside it is touched.
 */
class KilledPruneIT {
  /** A kill costs about two runs. {@code make faults} asks for many. */
  private static final int POINTS = Integer.getInteger("faults.points", 2);

  private static final long SEED = Long.getLong("faults.seed", 1);

  /** About as long as it takes to delete everything. */
  private static final int LONGEST_MILLIS = 1_500;

  private static final Duration INSTANT = Duration.ofMillis(1);
  private static final String PRUNE = "prune customer_orders@1 --yes";

  private static final String BESIDE =
      """
      ---
      feature_view: customer_orders
      version: 2
      entity: customer
      source: orders
      keys: {id: customer}
      every: 1h
      features: [{name: spend_7d, expr: max(amount), window: 7d}]
      """;

  @TempDir static Path folder;
  private static FaultsProject project;
  private static FaultsProject.Position removed;
  private static Map<String, String> beside;

  /**
   * When to kill.
   *
   * @param millis after it has noted that the version is pruned
   */
  record KillPoint(long seed, long millis) {}

  @BeforeAll
  static void removeAVersionWithData() throws Exception {
    project = new FaultsProject(folder);
    String first = ShopProject.DEFINITIONS.split("---\nfeature_service")[0];
    apply(first + BESIDE);
    project.plumb("materialize --all").exits(0);
    String view = first.substring(first.indexOf("---\nfeature_view"));
    apply(first + "retired: true\n" + BESIDE);
    apply(first.replace(view, "") + BESIDE);
    removed = project.position("removed");
    beside = beside();
  }

  private static void apply(String definitions) throws Exception {
    project.define(definitions);
    project.plumb("apply").exits(0);
  }

  @AfterAll
  static void stop() {
    project.close();
  }

  static Stream<KillPoint> killPoints() {
    return IntStream.range(0, POINTS)
        .mapToObj(
            number -> {
              long seed = SEED * 1_000_003 + number;
              return new KillPoint(
                  seed, number == 0 ? 0 : new Random(seed).nextInt(LONGEST_MILLIS));
            });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("killPoints")
  void whatIsKilledIsEndedByTheSameCommand(KillPoint point) throws Exception {
    project.restore(removed);
    String story = kill(point);

    Terminal.Output again = project.plumb(PRUNE);

    assertThat(again.exits(0).out()).as(story).contains("None of these versions can come back");
    assertThat(of(1)).as("%s, %s", point, story).isEmpty();
    assertThat(files("customer_orders__v1")).as("%s, %s", point, story).isEmpty();
    assertThat(beside()).as("%s, %s", point, story).isEqualTo(beside);
    assertThat(project.plumb("prune").exits(0).out()).startsWith("Nothing to prune");
  }

  /** Says what was done. */
  private static String kill(KillPoint point) throws Exception {
    try (PlumbProcess process = project.start(PRUNE)) {
      process.await("it begins to delete", () -> project.pruned() > 0);
      for (int waited = 0; waited < point.millis(); waited++) {
        if (process.endsWithin(INSTANT)) {
          return "it ended before, after " + waited + " ms";
        }
      }
      process.kill();
      return "killed";
    }
  }

  /** Everything of the other version: records, marker, and the names of files. */
  private static Map<String, String> beside() throws IOException {
    Map<String, String> all = new TreeMap<>(of(2));
    files("customer_orders__v2").forEach(file -> all.put(file, "there"));
    assertThat(all).hasSizeGreaterThan(1_000);
    return all;
  }

  /** Keys and values of the version of this number in the store, in hex. */
  private static Map<String, String> of(int shortId) {
    String ending = "3a3" + shortId;
    return project.redis().entrySet().stream()
        .filter(entry -> entry.getKey().endsWith(ending))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static List<String> files(String table) throws IOException {
    try (Stream<Path> files = Files.walk(project.warehouse())) {
      return files.map(Path::toString).filter(file -> file.contains(table)).sorted().toList();
    }
  }
}
