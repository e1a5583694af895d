package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.definition.ViewId;
import dev.plumbline.plan.Affected;
import dev.plumbline.plan.Amount;
import dev.plumbline.plan.Change;
import dev.plumbline.plan.ChangeClass;
import dev.plumbline.plan.Plan;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanFormatsTest {
  private static final String HASH = "0123456789abcdef0123456789abcdef01234567";
  private static final String FINGERPRINT = "fedcba9876543210".repeat(4);

  private static final Change BREAKING =
      new Change(
          "feature_view airport_departures@1",
          ChangeClass.BREAKING,
          Set.of(ChangeClass.METADATA),
          List.of("features.late_share_7d.window: 14d, was 7d", "owner: 'flight-ops', was absent"),
          Optional.of("restore it, and copy it to version 3: airport_departures.v3.yaml"),
          new Affected(
              List.of("airport:flights_1d@1", "airport:late_share_7d@1"),
              List.of("delay_model"),
              List.of(),
              List.of("delay_training")));

  private static final Change BACKFILL =
      new Change(
          "feature_view airport_departures@2",
          ChangeClass.NEEDS_BACKFILL,
          Set.of(ChangeClass.NEW_VERSION),
          List.of("is new, beside airport_departures@1"),
          Optional.empty(),
          new Affected(
              IntStream.range(0, 12).mapToObj("airport:f%02d@2"::formatted).toList(),
              List.of(),
              List.of("delay_model", "other_model"),
              List.of()));

  private static final Change UNKNOWN =
      new Change(
          "feature_view route_place@1",
          ChangeClass.NEEDS_BACKFILL,
          Set.of(ChangeClass.ADDITIVE),
          List.of("is new"),
          Optional.empty(),
          Affected.NOBODY);

  private static final Change HOSTILE =
      described(
          "a `` b ```` c </details> <script>x</script> | @everyone \u001b[31mred\u202e\nline ![x](http://y)");

  private static final Change SPELLING =
      new Change(
          "feature_service delay_model",
          ChangeClass.NONE,
          Set.of(),
          List.of("is written in another way and means the same"),
          Optional.empty(),
          Affected.NOBODY);

  private static final List<Backfill> BACKFILLS =
      List.of(
          new Backfill(
              new ViewId("airport_departures", 2),
              Optional.of(Instant.parse("2000-12-31T00:00:00Z")),
              Instant.parse("2001-06-15T11:00:00Z"),
              new Amount.Known(3_996, "from 2000-12-31T00:00:00Z to 2001-06-15T11:00:00Z"),
              new Amount.Known(374_199, "2 files"),
              new Amount.Known(2_345_678, "for 3,376 records, as many as airport_place@1 has"),
              152),
          new Backfill(
              new ViewId("route_place", 1),
              Optional.empty(),
              Instant.parse("2001-06-15T11:00:00Z"),
              new Amount.Unknown("no earlier version was backfilled; say --from INSTANT"),
              new Amount.Unknown("text is counted by reading it only"),
              new Amount.Unknown("no Redis runs"),
              96));

  private static final PlanReport REPORT =
      report(List.of(SPELLING, HOSTILE, UNKNOWN, BACKFILL, BREAKING));

  @Test
  void textShowsWhatIsRefusedFirst() {
    assertThat(PlanText.of(REPORT)).isEqualToNormalizingNewlines(golden("plan.txt"));
  }

  @Test
  void markdownIsACommentOfWhichDetailsAreFolded() {
    assertThat(PlanMarkdown.of(REPORT)).isEqualToNormalizingNewlines(golden("plan.md"));
  }

  @Test
  void jsonIsOneLineForPrograms() {
    assertThat(PlanJson.document(REPORT)).isEqualTo(golden("plan.json"));
  }

  @Test
  void textMovesNoTerminal() {
    assertThat(PlanText.of(report(List.of(HOSTILE))).replaceAll("\\R", ""))
        .doesNotContainPattern("[\\p{Cntrl}\\p{Cf}]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "```",
        "`````````",
        "</details>",
        "<!-- -->",
        "<img src=x onerror=y>",
        "|",
        "@octocat",
        "```\n\n</details>\n# heading",
        "~~~",
        "    code",
        "\u2028```",
        "\r\n```\r\n",
      })
  void nothingThatDefinitionsSayLeavesItsBlock(String description) {
    String markdown = PlanMarkdown.of(report(List.of(described(description))));

    List<String> lines = markdown.lines().toList();
    String fence = lines.stream().filter(line -> line.endsWith("text")).findFirst().orElseThrow();
    String end = fence.substring(0, fence.length() - "text".length());
    int from = lines.indexOf(fence);
    int to = from + 1 + lines.subList(from + 1, lines.size()).indexOf(end);
    assertThat(lines.subList(from + 1, to)).hasSize(1).allMatch(line -> !line.contains(end));
    assertThat(lines.subList(to + 1, lines.size())).containsExactly("", "</details>");
  }

  @Test
  void aCommentIsNeverLongerThanGitHubTakes() {
    List<Change> many =
        IntStream.range(0, 2_000)
            .mapToObj(
                number ->
                    new Change(
                        "feature_view view_%04d@1".formatted(number),
                        ChangeClass.METADATA,
                        Set.of(),
                        List.of("description: '" + "𝄞`".repeat(2_000) + "', was absent"),
                        Optional.empty(),
                        Affected.NOBODY))
            .toList();

    String markdown = PlanMarkdown.of(report(many));

    assertThat(markdown.length()).isLessThanOrEqualTo(PlanMarkdown.MOST);
    assertThat(markdown).contains("more rows do not fit", "more details do not fit");
    assertThat(markdown.lines().filter(line -> line.startsWith("<details")).count())
        .isEqualTo(markdown.lines().filter("</details>"::equals).count());
  }

  @Test
  void whatWasFoundIsTheExitCode() {
    assertThat(report(List.of()).exitCode()).isZero();
    assertThat(report(List.of(SPELLING)).exitCode()).isZero();
    assertThat(report(List.of(HOSTILE)).exitCode()).isEqualTo(8);
    assertThat(report(List.of(BACKFILL, BREAKING)).exitCode()).isEqualTo(9);
  }

  private static Change described(String description) {
    return new Change(
        "source departures",
        ChangeClass.METADATA,
        Set.of(),
        List.of("description: '" + description + "', was absent"),
        Optional.empty(),
        Affected.NOBODY);
  }

  private static PlanReport report(List<Change> changes) {
    return new PlanReport(
        new PlanBase.Commit("origin/main", HASH, Optional.empty()),
        "flights",
        FINGERPRINT,
        new Plan(changes),
        BACKFILLS);
  }

  private static String golden(String name) {
    try (InputStream in = PlanFormatsTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8)
          .stripTrailing();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
