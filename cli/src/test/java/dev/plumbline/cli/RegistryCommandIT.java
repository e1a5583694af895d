package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.store.local.EphemeralRedis;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Plans that are applied, late or not, and the history that comes of it. */
class RegistryCommandIT {
  private static final EphemeralRedis REDIS = EphemeralRedis.start();

  /** A view that nobody reads. */
  private static final String MORE =
      """
      ---
      feature_view: customer_mornings
      version: 1
      entity: customer
      source: orders
      keys: {id: customer}
      every: 1d
      features: [{name: mornings_7d, expr: count(*), window: 7d}]
      """;

  @TempDir Path folder;
  private ShopProject project;

  @AfterAll
  static void stop() {
    REDIS.close();
  }

  @BeforeEach
  void apply(TestInfo test) {
    project = ShopProject.in(folder.resolve("shop"), REDIS);
    String name = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
    project.write(
        "plumb.yaml",
        "project: %s\nnow: 2026-03-01T12:00:00Z\nredis: '%s'\n".formatted(name, REDIS.address()));
    project.plumb("apply").exits(0);
  }

  private String planFile() {
    return project.folder().resolve("plan.json").toString();
  }

  private void declare(String more) {
    project.define(ShopProject.DEFINITIONS + more);
  }

  private static String owned(String owner) {
    return MORE + "owner: " + owner + "\n";
  }

  @Test
  void appliesWhatWasPlannedAndMayBeRunAgain() throws Exception {
    declare(MORE);
    project.plumb("plan --out " + planFile()).exits(8);

    JsonNode applied = project.plumb("apply --format json --plan " + planFile()).json("apply");
    Terminal.Output again = project.plumb("apply --plan " + planFile());

    assertThat(applied.path("revision").asInt()).isEqualTo(2);
    assertThat(applied.path("changes").findValuesAsText("subject"))
        .containsExactly("feature_view customer_mornings@1");
    assertThat(again.exits(0).out()).contains("Revision 2", "nothing changed");
  }

  @Test
  void refusesAPlanAfterAnotherWasApplied() {
    declare(MORE);
    project.plumb("plan --out " + planFile()).exits(8);
    declare(owned("ann"));
    project.plumb("apply").exits(0);
    declare(MORE);

    Terminal.Output late = project.plumb("apply --plan " + planFile());

    assertThat(late.exits(4).err())
        .contains("planned against revision 1, and revision 2 is the newest (later came revision 2")
        .contains(System.getProperty("user.name") + "@")
        .contains("plumb plan");
    assertThat(project.plumb("registry log").exits(0).out().lines()).hasSize(3);
  }

  @Test
  void refusesAPlanOfOtherDefinitions() {
    declare(MORE);
    project.plumb("plan --out " + planFile()).exits(8);
    declare(owned("ann"));

    Terminal.Output other = project.plumb("apply --plan " + planFile());

    assertThat(other.exits(4).err())
        .contains("plan.json: the definitions are not those that were planned")
        .contains("Plan again with plumb plan --out");
  }

  @Test
  void refusesWhatIsNoPlan() {
    project.write("other.json", "{\"schema\":\"plumb.apply.v1\"}");
    project.write("text.json", "no JSON");

    assertThat(
            project.plumb("apply --plan " + project.folder().resolve("other.json")).exits(3).err())
        .contains(
            "other.json: schema 'plumb.apply.v1' (expected: what plumb plan --out FILE writes");
    assertThat(
            project.plumb("apply --plan " + project.folder().resolve("text.json")).exits(3).err())
        .contains("text.json: not JSON");
    assertThat(project.plumb("apply --plan absent.json").exits(5).err()).contains("absent.json");
  }

  @Test
  void saysThatARevisionIsAppliedWhichServersWereNotShown() {
    declare(MORE);
    project.write(
        "plumb.yaml", "project: unseen\nnow: 2026-03-01T12:00:00Z\nredis: '127.0.0.1:1'\n");

    Terminal.Output unseen = project.plumb("apply");

    assertThat(unseen.exits(6).err())
        .contains("Redis at redis://127.0.0.1:1")
        .contains("Revision 1 is the newest by now, but servers were not shown it")
        .contains("run the same command again");
    assertThat(project.plumb("plan").exits(0).out()).contains("against revision 1");
  }

  @Test
  void tellsTheHistoryAndGoesBack() throws Exception {
    declare(MORE);
    project.plumb("apply").exits(0);
    declare(owned("ann"));
    project.plumb("apply").exits(0);

    JsonNode back = project.plumb("registry rollback 1 --format json").json("registry.rollback");
    JsonNode log = project.plumb("registry log --format json").json("registry.log");
    JsonNode shown = project.plumb("registry show 2 --format json").json("registry.show");
    JsonNode diff = project.plumb("registry diff 2 3 --format json").json("registry.diff");

    assertThat(back.path("revision").asInt()).isEqualTo(4);
    JsonNode revisions = log.path("revisions");
    assertThat(revisions.findValuesAsText("revision")).containsExactly("4", "3", "2", "1");
    assertThat(revisions.path(0).path("fingerprint"))
        .isEqualTo(revisions.path(3).path("fingerprint"));
    assertThat(revisions.path(0).path("summary").asText()).startsWith("rollback; ");
    assertThat(revisions.path(2).path("summary").asText())
        .contains("needs backfill: feature_view customer_mornings@1");
    assertThat(revisions.path(2).path("applied_by").asText()).contains("@");
    assertThat(shown.path("document").toString()).contains("customer_mornings");
    assertThat(diff.path("changes").path(0).path("class").asText()).isEqualTo("metadata");
    assertThat(project.plumb("registry show").exits(0).out())
        .contains("4 (", "customer_orders@1")
        .doesNotContain("customer_mornings");
    assertThat(project.plumb("registry rollback 1").exits(0).out()).contains("nothing changed");
    assertThat(project.plumb("registry rollback 9").exits(5).err()).contains("has no revision 9");
    assertThat(project.plumb("apply").exits(0).out()).contains("Revision 5");
  }

  @Test
  void letsAVersionLeaveInTwoSteps() {
    declare(MORE);
    project.plumb("apply").exits(0);
    declare("");
    assertThat(project.plumb("apply").exits(9).err())
        .contains("feature_view customer_mornings@1", "set retired: true");
    declare(MORE + "retired: true\n");
    project.plumb("apply").exits(0);
    declare("");
    project.plumb("apply").exits(0);

    assertThat(project.plumb("registry show 3").exits(0).out())
        .contains("customer_mornings@1 (retired)");
    assertThat(project.plumb("registry show").exits(0).out()).doesNotContain("customer_mornings");
    assertThat(project.plumb("prune customer_mornings").exits(2).err())
        .contains("'customer_mornings' (expected: VIEW@VERSION");
    assertThat(project.plumb("prune customer_orders@1").exits(4).err())
        .contains("is in the newest revision");
    assertThat(project.plumb("prune customer_order@1").exits(5).err())
        .contains("has a feature view 'customer_order@1'");
  }
}
