package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plumb plan --base}: two commits of a real repository, and nothing else. */
class PlanBaseIT {
  private static final String SHOP = ShopProject.DEFINITIONS;

  /** What no plan with a base may ask: it would fail. */
  private static final String SETTINGS =
      """
      project: shop
      metadata: "jdbc:postgresql://127.0.0.1:1/nothing"
      redis: "127.0.0.1:1"
      """;

  @TempDir Path folder;
  private ScratchRepository repository;

  @BeforeAll
  static void needsGit() throws InterruptedException {
    assumeThat(Programs.works("git", "--version")).as("Git is installed").isTrue();
  }

  @BeforeEach
  void commit() throws Exception {
    repository = ScratchRepository.in(folder.resolve("shop"));
    repository.write("plumb.yaml", SETTINGS);
    repository.write("definitions/shop.yaml", SHOP);
    repository.commitAll("the shop");
  }

  @Test
  void sameFilesAreNoChanges() {
    assertThat(plan("main").exits(0).out()).contains("shop against main (", "): no changes");
  }

  @Test
  void anotherCommentIsNoChangeAndAnotherDescriptionIsOne() throws Exception {
    repository.write("definitions/shop.yaml", "# a comment\n" + SHOP);
    plan("main").exits(0);

    repository.write("definitions/shop.yaml", SHOP.replace("every: 1h", "every: 1h\nowner: us"));

    assertThat(plan("main").exits(8).out()).contains("1 metadata", "owner: 'us', was absent");
  }

  @Test
  void anotherMeaningIsBreaking() throws Exception {
    repository.write("definitions/shop.yaml", SHOP.replace("window: 7d", "window: 14d"));

    assertThat(plan("main").exits(9).out())
        .contains(
            "BREAKING",
            "feature_view customer_orders@1",
            "features.spend_7d.window: 14d, was 7d",
            "remedy: restore it, and copy it to version 2: customer_orders.v2.yaml");
  }

  @Test
  void aSecondVersionIsAnnouncedWithWhoStays() throws Exception {
    repository.write("definitions/shop.v2.yaml", secondVersion());

    Terminal.Output output = plan("main", "--format", "json", "--from", "2026-01-01T00:00:00Z");

    JsonNode json = Console.parse(output.exits(8).out());
    assertThat(json.path("schema").asText()).isEqualTo("plumb.plan.v1");
    assertThat(json.path("base").path("commit").asText())
        .isEqualTo(repository.git("rev-parse", "main"));
    JsonNode change = json.path("changes").path(0);
    assertThat(change.path("class").asText()).isEqualTo("needs_backfill");
    assertThat(change.path("staying").path(0).asText()).isEqualTo("shop_model");
    JsonNode backfill = json.path("backfills").path(0);
    assertThat(backfill.path("view").asText()).isEqualTo("customer_orders@2");
    assertThat(backfill.path("refreshes").path("value").asLong()).isPositive();
    assertThat(backfill.path("bytes_per_record").asLong()).isPositive();
  }

  @Test
  void whatNobodyWasAskedForIsUnknown() throws Exception {
    repository.write("definitions/shop.v2.yaml", secondVersion());

    assertThat(plan("main").exits(8).out())
        .contains("refreshes: unknown (no store is asked with --base; say --from INSTANT)");
  }

  @Test
  void leavesNoTraceAnywhere() throws Exception {
    repository.write("definitions/shop.v2.yaml", secondVersion());
    SortedMap<String, String> before = repository.everything();

    plan("main").exits(8);
    plan("HEAD", "--format", "markdown").exits(8);
    plan("nowhere").exits(5);

    assertThat(repository.everything()).isEqualTo(before);
  }

  @Test
  void definitionsThatAreNotValidAreToldAsWhatTheyAre() throws Exception {
    repository.write("definitions/shop.yaml", SHOP.replace("every: 1h", "evry: 1h"));
    assertThat(plan("main").exits(3).err()).contains("definitions/shop.yaml:", "evry");
    assertThat(
            Terminal.run(
                    "validate", "--format", "github", "--project", repository.folder().toString())
                .exits(3)
                .out())
        .contains("::error file=definitions/shop.yaml,line=");
    repository.commitAll("a mistake");
    repository.write("definitions/shop.yaml", SHOP);

    assertThat(plan("main").exits(3).err())
        .contains("the definitions of the base main", "definitions/shop.yaml:", "evry");
  }

  @Test
  void aCommitWithoutDefinitionsIsNothing() throws Exception {
    repository.git("checkout", "-q", "--orphan", "empty");
    repository.git("rm", "-q", "-r", "--cached", ".");
    repository.git("commit", "-q", "--allow-empty", "-m", "nothing");

    assertThat(plan("empty").exits(8).out()).contains("is new, with 2 features");
  }

  @Test
  void aProjectInASubfolderIsComparedWithItself() throws Exception {
    repository.write("apps/füllen/plumb.yaml", SETTINGS);
    repository.write("apps/füllen/definitions/shop.yaml", SHOP);
    repository.commitAll("another project");
    repository.write("definitions/shop.yaml", SHOP.replace("window: 7d", "window: 14d"));

    assertThat(planOf(repository.folder().resolve("apps/füllen"), "main").exits(0).out())
        .contains("no changes");
    plan("main").exits(9);
  }

  @Test
  void anEnvironmentWithAProjectOfItsOwnIsComparedWithItself() throws Exception {
    String settings = SETTINGS + "environments: {prod: {project: shop_prod}}\n";
    repository.write("plumb.yaml", settings);
    plan("main", "--env", "prod").exits(0);
    repository.commitAll("production");
    plan("main", "--env", "prod").exits(0);
    repository.write("plumb.yaml", settings.replace("shop_prod", "shop_live"));

    assertThat(plan("main", "--env", "prod").exits(9).out())
        .contains("is called 'shop_live', was 'shop_prod'");
  }

  @Test
  void aWorktreeIsOneToo() throws Exception {
    Path tree = folder.resolve("tree");
    repository.git("worktree", "add", "-q", "-b", "other", tree.toString());
    Files.writeString(tree.resolve("definitions/v2.yaml"), secondVersion());

    planOf(tree, "main").exits(8);
  }

  @Test
  void whereThereIsNoRepositoryIsSaid() throws Exception {
    Path plain = folder.resolve("plain");
    Files.createDirectories(plain.resolve("definitions"));
    Files.writeString(plain.resolve("definitions/shop.yaml"), SHOP);

    assertThat(planOf(plain, "main").exits(5).err())
        .contains("no Git repository can be read there", "not a git repository");
  }

  @Test
  void aBareRepositoryIsNamed() throws Exception {
    Path bare = folder.resolve("bare.git");
    repository.git("clone", "-q", "--bare", ".", bare.toString());
    Files.createDirectories(bare.resolve("definitions"));
    Files.writeString(bare.resolve("definitions/shop.yaml"), SHOP);

    assertThat(planOf(bare, "main").exits(5).err()).contains("lies in a bare repository");
  }

  @Test
  void aCommitThatIsNotThereIsNamed() {
    assertThat(plan("origin/main").exits(5).err())
        .isEqualToIgnoringNewLines(
            "--base origin/main: there is no such commit in the repository of %s; see 'git branch --all', or fetch it with 'git fetch origin'"
                .formatted(repository.folder()));
    assertThat(plan("--upload-pack=x").exits(2).err()).contains("a branch, tag or commit");
  }

  @Test
  void thatAShallowCloneLacksItsBaseIsSaid() throws Exception {
    String first = repository.git("rev-parse", "HEAD");
    repository.write("definitions/v2.yaml", secondVersion());
    repository.commitAll("more");
    Path clone = folder.resolve("clone");
    repository.git(
        "clone", "-q", "--depth", "1", "file://" + repository.folder(), clone.toString());

    assertThat(planOf(clone, first).exits(5).err())
        .contains("the clone is shallow", "git fetch --unshallow", "fetch-depth: 0");
  }

  @Test
  void aPartialCloneFetchesNothingAndSaysWhatItLacks() throws Exception {
    String first = repository.git("rev-parse", "HEAD");
    repository.git("config", "uploadpack.allowFilter", "true");
    repository.write("definitions/shop.yaml", SHOP.replace("window: 7d", "window: 14d"));
    repository.commitAll("two weeks");
    ScratchRepository clone = ScratchRepository.in(folder.resolve("partial"));
    clone.git("remote", "add", "origin", "file://" + repository.folder());
    clone.git("fetch", "-q", "--filter=blob:none", "origin", "main");
    clone.git("checkout", "-q", "FETCH_HEAD");
    SortedMap<String, String> before = clone.everything();

    assertThat(planOf(clone.folder(), first).exits(6).err())
        .contains("are not in this repository", "clone without --filter");

    assertThat(clone.everything()).isEqualTo(before);
  }

  @Test
  void filesOfTheBaseThatAreNoTextAreNamed() throws Exception {
    Files.write(
        repository.folder().resolve("definitions/latin.yaml"),
        "# schön".getBytes(StandardCharsets.ISO_8859_1));
    repository.commitAll("in another encoding");
    Files.delete(repository.folder().resolve("definitions/latin.yaml"));
    assertThat(plan("main").exits(3).err())
        .contains("definitions/latin.yaml of main is not UTF-8 text");

    Files.createSymbolicLink(
        repository.folder().resolve("definitions/latin.yaml"), Path.of("shop.yaml"));
    repository.commitAll("a link");
    Files.delete(repository.folder().resolve("definitions/latin.yaml"));
    assertThat(plan("main").exits(3).err()).contains("definitions/latin.yaml is a symbolic link");
  }

  @Test
  void aPlanThatCannotBeAppliedIsNotKept() throws IOException {
    assertThat(plan("main", "--out", folder.resolve("plan.json").toString()).exits(2).err())
        .contains("--out with --base");
  }

  private static String secondVersion() {
    return SHOP.substring(SHOP.indexOf("feature_view:"), SHOP.indexOf("---\nfeature_service"))
        .replace("version: 1", "version: 2")
        .replace("window: 7d", "window: 14d");
  }

  private Terminal.Output plan(String base, String... more) {
    return planOf(repository.folder(), base, more);
  }

  private static Terminal.Output planOf(Path project, String base, String... more) {
    String[] arguments = new String[more.length + 4];
    arguments[0] = "plan";
    arguments[1] = "--project";
    arguments[2] = project.toString();
    arguments[3] = "--base=" + base;
    System.arraycopy(more, 0, arguments, 4, more.length);
    return Terminal.run(arguments);
  }
}
