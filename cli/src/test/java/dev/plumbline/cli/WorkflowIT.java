package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.plumbline.store.local.EphemeralRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The workflow that people copy, its steps run on a repository with two branches. */
class WorkflowIT {
  private static final Path FILE = Path.of("../examples/github/plumbline.yml");
  private static final String SHOP = ShopProject.DEFINITIONS;
  private static final Map<String, String> EXPRESSIONS =
      Map.of("github.token", "secret", "github.event.pull_request.number", "7");

  /** GitHub's own program: keeps what it is asked, and one comment. */
  private static final String GH =
      """
      #!/bin/bash
      echo "$*" >> "$GH_STATE/asked"
      for word in "$@"; do case $word in body=@*) cp "${word#body=@}" "$GH_STATE/body" ;; esac; done
      case "$*" in *--jq*) [ ! -f "$GH_STATE/body" ] || echo 4711 ;; esac
      """;

  /** The same where jq is there, so that what the workflow looks for is looked for. */
  private static final String GH_WITH_JQ =
      GH.replace(
          "echo 4711",
          """
          jq -Rs '[{id: 12, user: {type: "User"}, body: "nice"}, {id: 13, user: {type: "User"}, body: .},
            {id: 14, user: {type: "Bot"}, body: "other"}, {id: 4711, user: {type: "Bot"}, body: .}]' \\
            < "$GH_STATE/body" | jq -r "${!#}\"""");

  @TempDir Path folder;
  private ScratchRepository repository;
  private Workflow workflow;
  private Path temporary;

  @BeforeEach
  void twoBranches() throws Exception {
    assumeThat(Programs.works("git", "--version")).as("Git is installed").isTrue();
    assumeThat(Programs.works("bash", "--version")).as("bash is installed").isTrue();
    workflow = Workflow.read(FILE);
    temporary = Files.createDirectories(folder.resolve("runner"));
    ScratchRepository origin = ScratchRepository.in(folder.resolve("origin"));
    origin.write("plumb.yaml", "project: shop\n");
    origin.write("definitions/shop.yaml", SHOP);
    origin.commitAll("the shop");
    origin.git("clone", "-q", ".", folder.resolve("checkout").toString());
    repository = ScratchRepository.in(folder.resolve("checkout"));
    repository.git("checkout", "-q", "-b", "change");
    boolean jq = Programs.works("jq", "--version");
    program("bin/gh", jq ? GH_WITH_JQ : GH);
    program("bin/plumb", plumb());
  }

  @Test
  void aGoodChangeIsCommentedAndPasses() throws Exception {
    repository.write(
        "definitions/shop.v2.yaml",
        SHOP.substring(SHOP.indexOf("feature_view:"), SHOP.indexOf("---\nfeature_service"))
            .replace("version: 1", "version: 2")
            .replace("window: 7d", "window: 14d"));
    repository.commitAll("a second version");

    Workflow.Ran ran = plan();

    assertThat(ran.code()).as(ran.printed()).isZero();
    assertThat(asked())
        .hasSize(2)
        .last()
        .asString()
        .startsWith("api --method POST repos/shop/features/issues/7/comments");
    assertThat(Files.readString(temporary.resolve("body")))
        .startsWith(PlanMarkdown.MARKER)
        .contains("needs backfill, new version", "`shop_model`");
    assertThat(Files.readString(temporary.resolve("summary"))).contains("customer_orders@2");
  }

  @Test
  void theCommentIsKeptUpToDate() throws Exception {
    repository.write("definitions/shop.yaml", SHOP.replace("every: 1h", "every: 1h\nowner: us"));
    repository.commitAll("an owner");
    plan();

    Workflow.Ran ran = plan();

    assertThat(ran.code()).as(ran.printed()).isZero();
    assertThat(asked())
        .last()
        .asString()
        .startsWith("api --method PATCH repos/shop/features/issues/comments/4711");
  }

  @Test
  void aBreakingChangeIsCommentedAndFails() throws Exception {
    repository.write("definitions/shop.yaml", SHOP.replace("window: 7d", "window: 14d"));
    repository.commitAll("two weeks");

    Workflow.Ran ran = plan();

    assertThat(ran.code()).as(ran.printed()).isEqualTo(Failures.BREAKING);
    assertThat(ran.failed()).isEqualTo("Refuse what is breaking");
    assertThat(Files.readString(temporary.resolve("body"))).contains("**breaking**");
  }

  @Test
  void definitionsThatAreNotValidFailAtTheirLine() throws Exception {
    repository.write("definitions/shop.yaml", SHOP.replace("every: 1h", "evry: 1h"));
    repository.commitAll("a mistake");

    Workflow.Ran ran = plan();

    assertThat(ran.code()).as(ran.printed()).isEqualTo(Failures.INVALID);
    assertThat(ran.failed()).isEqualTo("Validate");
    assertThat(ran.printed()).contains("::error file=definitions/shop.yaml,line=");
    assertThat(temporary.resolve("asked")).doesNotExist();
  }

  @Test
  void noChangeIsSaidAndPasses() throws Exception {
    repository.write("README.md", "features");
    repository.commitAll("a word");

    Workflow.Ran ran = plan();

    assertThat(ran.code()).as(ran.printed()).isZero();
    assertThat(Files.readString(temporary.resolve("body"))).contains("no changes");
  }

  @Test
  void whatIsMergedIsApplied() throws Exception {
    try (EphemeralRedis redis = EphemeralRedis.start()) {
      ShopProject project = ShopProject.in(repository.folder(), redis);

      Workflow.Ran first = run("apply");
      Workflow.Ran again = run("apply");

      assertThat(first.code()).as(first.printed()).isZero();
      assertThat(first.printed()).contains("Revision 1 (");
      assertThat(again.printed()).contains("Nothing to apply.");
      project.plumb("plan").exits(0);
    }
  }

  @Test
  void asksForNoMoreThanItNeeds() {
    Map<?, ?> plan = workflow.job("plan");
    Map<?, ?> apply = workflow.job("apply");

    assertThat(Workflow.map(workflow.document(), "permissions")).isEmpty();
    assertThat(plan.get("permissions"))
        .isEqualTo(Map.of("contents", "read", "pull-requests", "write"));
    assertThat(apply.get("permissions")).isEqualTo(Map.of("contents", "read"));
    assertThat(Workflow.map(plan, "concurrency").get("cancel-in-progress")).isEqualTo(true);
    assertThat(Workflow.map(apply, "concurrency").get("cancel-in-progress")).isEqualTo(false);
    assertThat(Workflow.map(workflow.document(), "on").keySet().toString())
        .contains("pull_request", "push")
        .doesNotContain("pull_request_target");
    assertThat(workflow.uses("plan")).allMatch(used -> used.startsWith("actions/"));
  }

  private Workflow.Ran plan() throws IOException, InterruptedException {
    return run("plan");
  }

  private Workflow.Ran run(String job) throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    environment.put("PLUMB", "plumb");
    environment.put("GH_STATE", temporary.toString());
    environment.put("RUNNER_TEMP", temporary.toString());
    environment.put("GITHUB_STEP_SUMMARY", temporary.resolve("summary").toString());
    environment.put("GITHUB_BASE_REF", "main");
    environment.put("GITHUB_REPOSITORY", "shop/features");
    return workflow.run(job, repository.folder(), environment, EXPRESSIONS);
  }

  private List<String> asked() throws IOException {
    return Files.readAllLines(temporary.resolve("asked"));
  }

  private void program(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /** {@code plumb} of this build. */
  private static String plumb() {
    return "#!/bin/bash\nexec '%s' @'%s' -Xmx1g -XX:TieredStopAtLevel=1 -cp '%s' %s \"$@\"\n"
        .formatted(
            ProcessHandle.current().info().command().orElseThrow(),
            Path.of("src/main/launcher/spark.opens").toAbsolutePath(),
            System.getProperty("java.class.path"),
            Plumb.class.getName());
  }
}
