package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What people are told who mistype a definition. */
class DefinitionMistakesIT {
  private static final String NOWHERE = "127.0.0.1:1";

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("mistakes")
  void saysWhereAndWhatAndAppliesNothing(String right, String wrong, String message) {
    ShopProject project = ShopProject.in(folder, NOWHERE);
    project.define(ShopProject.DEFINITIONS.replace(right, wrong));

    Terminal.Output output = project.plumb("apply");

    assertThat(output.exits(3).out()).isEmpty();
    assertThat(output.err().lines()).containsExactly(message);
    assertThat(project.plumb("materialize --all").exits(5).err())
        .startsWith("nothing is applied in this project yet; run: plumb apply");
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments(
            "sum(amount)",
            "sum(amunt)",
            "definitions/shop.yaml:23:32: expr: unknown column 'amunt' (expected: one of amount, customer, ordered_at); did you mean 'amount'? [unknown-column]"),
        arguments(
            "name: spend_7d",
            "name: orders_1d",
            "definitions/shop.yaml:23:12: feature 'orders_1d' is declared twice (also line 22); rename or remove one [declared-twice]"),
        arguments(
            "every: 1h",
            "every: 1hour",
            "definitions/shop.yaml:18:8: every: '1hour' is not a duration (expected: a number and one of ms, s, m, h, d; for example 90s, 10m, 1h or 7d) [bad-duration]"),
        arguments(
            "  - {name: spend_7d",
            "\t- {name: spend_7d",
            "definitions/shop.yaml:23:1: a tab (expected: spaces; YAML is indented with spaces alone); replace it [not-yaml]"),
        arguments(
            "max_age:",
            "maxage:",
            "definitions/shop.yaml:20:1: unknown key 'maxage' in feature_view 'customer_orders' (expected: one of feature_view, version, entity, source, keys, every, availability_lag, max_age, features, expect, owner, description, tags, retired); did you mean 'max_age'? [unknown-key]"),
        arguments(
            "customer:spend_7d@1",
            "customer:spend_7d",
            "definitions/shop.yaml:26:34: reference 'customer:spend_7d' is not pinned; the newest version is 1: write customer:spend_7d@1 [not-pinned]"),
        arguments(
            "max_age: 2d",
            "max_age: 1h",
            "definitions/shop.yaml:20:10: max_age: '1h' is shorter than every + availability_lag, so a punctual pipeline would be EXPIRED between two refreshes (expected: at least 65m); raise it, or leave it out: nothing expires then [max-age-too-short]"));
  }

  @Test
  void showsEverythingThatIsWrongAtOnce() throws Exception {
    ShopProject project = ShopProject.in(folder, NOWHERE);
    project.define(
        ShopProject.DEFINITIONS
            .replace("every: 1h", "every: soon")
            .replace("sum(amount)", "sum(amunt)"));

    Terminal.Output output = project.plumb("validate --format json");

    assertThat(output.exits(3).out().lines()).hasSize(1);
    JsonNode document = new JsonMapper().readTree(output.out());
    assertThat(document.path("schema").asText()).isEqualTo("plumb.validate.v1");
    assertThat(document.path("valid").asBoolean()).isFalse();
    assertThat(document.path("problems")).hasSize(2);
    assertThat(document.path("problems").path(0).path("file").asText())
        .isEqualTo("definitions/shop.yaml");
    assertThat(document.path("problems").findValuesAsText("line")).containsExactly("18", "23");
    JsonNode second = document.path("problems").path(1);
    assertThat(second.path("column").asInt()).isEqualTo(32);
    assertThat(second.path("code").asText()).isEqualTo("unknown-column");
    assertThat(second.path("found").asText()).isEqualTo("expr: unknown column 'amunt'");
    assertThat(second.path("expected").asText()).isEqualTo("one of amount, customer, ordered_at");
    assertThat(second.path("remedy").asText()).isEqualTo("did you mean 'amount'?");
    assertThat(second.path("message").asText())
        .isEqualTo(
            "expr: unknown column 'amunt' (expected: one of amount, customer, ordered_at); did you mean 'amount'?");
  }

  @Test
  void annotatesPullRequestsOnGithub() {
    ShopProject project = ShopProject.in(folder, NOWHERE);
    project.define(ShopProject.DEFINITIONS.replace("every: 1h", "every: soon"));

    Terminal.Output output = project.plumb("validate --format github");

    assertThat(output.exits(3).out().lines())
        .singleElement()
        .asString()
        .matches("::error file=\\S*definitions/shop.yaml,line=18,col=8,title=bad-duration::.*");
    assertThat(output.err()).contains("definitions/shop.yaml:18:8: every: 'soon'");
  }

  @Test
  void saysOnGithubTooThatNothingIsWrong() {
    ShopProject project = ShopProject.in(folder, NOWHERE);

    assertThat(project.plumb("validate --format github").exits(0).out())
        .startsWith("The definitions of 'shop' are valid");
  }

  @Test
  void otherCommandsHaveNoAnnotations() {
    ShopProject project = ShopProject.in(folder, NOWHERE);

    assertThat(project.plumb("apply --format github").exits(2).err())
        .contains("--format", "github", "TEXT, JSON");
  }

  @Test
  void aPasswordInPlumbYamlIsRefused() throws Exception {
    ShopProject project = ShopProject.in(folder, NOWHERE);
    Files.writeString(
        folder.resolve("plumb.yaml"), "redis: {address: localhost:1, password: secret}\n");

    Terminal.Output output = project.plumb("validate");

    assertThat(output.exits(3).err()).startsWith("plumb.yaml:1:").contains("password_env");
  }
}
