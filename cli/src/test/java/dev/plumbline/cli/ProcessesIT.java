package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.definition.ViewId;
import dev.plumbline.registry.LedgerEntry;
import dev.plumbline.registry.MetadataDatabase;
import dev.plumbline.registry.RunLedger;
import dev.plumbline.store.local.EphemeralRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that meet, and processes that are asked to end. */
class ProcessesIT {
  private static final ViewId VIEW = new ViewId("customer_orders", 1);
  private static final String BACKFILL =
      "materialize --all --from 2026-02-20T00:00:00Z --format json";

  /** A second or more for each processor, however fast. */
  private static final String SLOW =
      ShopProject.DEFINITIONS.replace(
          "expr: cast(amount as double)",
          "expr: \"cast(amount as double) + 0 * length(sha2(repeat(amount, 400000), 512))\"");

  @TempDir static Path folder;
  private static final EphemeralRedis REDIS = EphemeralRedis.start();

  @AfterAll
  static void stop() {
    REDIS.close();
  }

  @Test
  void ofTwoRunsOfOneViewOneProceedsAndTheOtherIsAConflict() throws Exception {
    ShopProject project = slowProject("two");
    try (PlumbProcess first = PlumbProcess.start(project.arguments(BACKFILL))) {
      first.await("it computes", () -> isComputing(project));
      first.signal("STOP");

      try (PlumbProcess second = PlumbProcess.start(project.arguments(BACKFILL))) {
        assertThat(second.ended().exits(4).err())
            .contains("view 'customer_orders@1' is locked by process");
      }

      first.signal("CONT");
      first.ended().exits(0);
    }
    assertThat(ledger(project).entries(VIEW)).hasSize(1).allMatch(LedgerEntry::isFinished);
  }

  @Test
  void aRunThatIsAskedToEndSaysSoAndLeavesNothingHalfDone() throws Exception {
    ShopProject project = slowProject("terminated");
    for (String signal : new String[] {"TERM", "INT"}) {
      try (PlumbProcess run = PlumbProcess.start(project.arguments(BACKFILL))) {
        run.await("it computes", () -> run.holdsLock(project) && isComputing(project));
        run.signal(signal);

        assertThat(run.ended().exits(130).err().lines().filter(line -> !isProgress(line)))
            .containsExactly("interrupted");
      }
    }

    try (PlumbProcess again = PlumbProcess.start(project.arguments(BACKFILL))) {
      assertThat(again.ended().json("materialize").path("runs").path(0).path("rows").asInt())
          .isPositive();
    }
    assertThat(ledger(project).entries(VIEW)).hasSize(1).allMatch(LedgerEntry::isFinished);
  }

  @Test
  void aScheduleRunsWhatFallsDueUntilItIsAskedToEnd() throws Exception {
    ShopProject project = ShopProject.in(folder.resolve("schedule"), REDIS);
    project.write("plumb.yaml", "project: scheduled\nredis: '%s'\n".formatted(REDIS.address()));
    project.define(
        ShopProject.DEFINITIONS
            .replace("every: 1h", "every: 3s")
            .replace("availability_lag: 5m", "availability_lag: 1s"));
    project.plumb("apply").exits(0);
    project.plumb("materialize --all").exits(0);
    try (PlumbProcess run =
        PlumbProcess.start(project.arguments("run --all --every-check 1s --format json"))) {
      run.await("it runs again and again", () -> lines(run) >= 3);
      run.signal("TERM");

      Terminal.Output output = run.ended().exits(130);
      assertThat(output.err())
          .contains("keeping 1 feature views of 'scheduled' up to date")
          .endsWith("interrupted\n")
          .doesNotContain("a bug of ours");
      assertThat(output.out().lines())
          .allMatch(line -> line.contains("\"schema\":\"plumb.run.v1\""))
          .allMatch(line -> line.contains("\"did\":\"publish\""));
    }
  }

  /** What a slow machine says while it works. */
  private static boolean isProgress(String line) {
    return line.matches("(using the Redis|starting Spark|computing customer_orders@1).*");
  }

  private static long lines(PlumbProcess run) {
    try {
      return run.out().lines().count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ShopProject slowProject(String name) {
    ShopProject project = ShopProject.in(folder.resolve(name), REDIS);
    project.define(SLOW);
    project.write(
        "plumb.yaml",
        "project: %s\nnow: 2026-03-01T12:00:00Z\nredis: '%s'\n".formatted(name, REDIS.address()));
    project.write(
        "orders.csv",
        "customer,amount,ordered_at\n"
            + IntStream.range(0, 1_000)
                .mapToObj(i -> "%d,%d.5,2026-02-%dT10:00:00Z\n".formatted(i % 50, i, 20 + i % 8))
                .collect(Collectors.joining()));
    project.plumb("apply").exits(0);
    return project;
  }

  private static boolean isComputing(ShopProject project) {
    return ledger(project)
        .unfinished(VIEW)
        .filter(entry -> entry.phase() == LedgerEntry.Phase.OPEN)
        .isPresent();
  }

  private static RunLedger ledger(ShopProject project) {
    Path database = project.folder().resolve(".plumb/metadata.db");
    return new RunLedger(
        MetadataDatabase.open(database), project.folder().getFileName().toString());
  }
}
