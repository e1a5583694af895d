package dev.plumbline.definition.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.definition.Expectation;
import dev.plumbline.definition.Expectation.Freshness;
import dev.plumbline.definition.Expectation.Nulls;
import dev.plumbline.definition.Expectation.Range;
import dev.plumbline.definition.Expectation.Rows;
import dev.plumbline.definition.Expectation.UniqueKey;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.json.Meaning;
import dev.plumbline.definition.json.RevisionJson;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExpectationReaderTest {
  private static final ViewId DEPARTURES = new ViewId("airport_departures", 1);
  private static final ViewId PLACE = new ViewId("airport_place", 1);

  private static final String[] ALL = {
    "range: {feature: late_share_7d, max: 1, min: 0.5, max_share: 0.010}",
    "range: {feature: last_destination, min: A}",
    "nulls: {feature: late_share_7d, max_share: 0.2}",
    "nulls: {feature: flights_1d}",
    "freshness: 3h",
    "rows: {max: 5000000000}"
  };

  @Test
  void readsEveryRuleInAnOrderOfItsOwn() {
    assertThat(expectations(DEPARTURES, departures(ALL)))
        .containsExactly(
            new Rows(OptionalLong.empty(), OptionalLong.of(5_000_000_000L)),
            new Freshness(Duration.ofHours(3)),
            new Nulls("flights_1d", BigDecimal.ZERO),
            new Nulls("late_share_7d", new BigDecimal("0.2")),
            new Range("last_destination", Optional.of("A"), Optional.empty(), BigDecimal.ZERO),
            new Range("late_share_7d", Optional.of(0.5), Optional.of(1.0), new BigDecimal("0.01")));
    assertThat(expectations(PLACE, place("unique: key"))).containsExactly(new UniqueKey());
  }

  @Test
  void areKeptInTheRevision() {
    Revision revision = FlightsExample.load(departures(ALL));

    assertThat(RevisionJson.read(RevisionJson.write(revision))).isEqualTo(revision);
    assertThat(RevisionJson.fingerprint(revision))
        .isNotEqualTo(RevisionJson.fingerprint(FlightsExample.revision()));
  }

  @Test
  void areNoPartOfTheMeaningOfAView() {
    assertThat(Meaning.of(FlightsExample.load(departures(ALL))))
        .isEqualTo(Meaning.of(FlightsExample.revision()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("slips")
  void saysWhereWhatAndWhatToDo(String expectation, String problem) {
    assertThat(DefinitionProblemsTest.problems(departures(expectation)))
        .containsExactly(problem.split("\n"));
  }

  static Stream<Arguments> slips() {
    return Stream.of(
        slip("row: {min: 1}", "50:5: unknown key 'row' in expectation; did you mean 'rows'?"),
        slip(
            "{}",
            "50:5: an expectation with 0 rules (expected: one, as in 'rows: {min: 1}'); begin each with a dash of its own"),
        slip(
            "{freshness: 1h, rows: {min: 1}}",
            "50:5: an expectation with 2 rules (expected: one, as in 'rows: {min: 1}'); begin each with a dash of its own"),
        slip(
            "rows: {min: 1}\n  - rows: {max: 2}",
            "51:5: rows is expected twice (also line 50); keep one"),
        slip(
            "nulls: {feature: flights_1d}\n  - nulls: {feature: flights_1d, max_share: 0.1}",
            "51:5: nulls of 'flights_1d' is expected twice (also line 50); keep one"),
        slip("rows: 5", "50:11: rows is '5' (expected: a mapping, {key: value})"),
        slip("rows: {}", "50:11: neither min nor max (expected: one of them, or both); add one"),
        slip("rows: {min: 1.5}", "50:17: min: '1.5' is not a whole number of at least 0"),
        slip("rows: {min: 3, max: 2}", "50:11: min 3 is above max 2; swap them"),
        slip("rows: {mim: 3, max: 2}", "50:12: unknown key 'mim' in rows; did you mean 'min'?"),
        slip(
            "nulls: {feature: late_shar_7d}",
            "50:22: unknown feature 'late_shar_7d'; did you mean 'late_share_7d'?"),
        slip(
            "nulls: {max_share: 0.1}",
            "50:12: nulls has no 'feature'; add it, for example feature: flights_1d"),
        slip(
            "nulls: {feature: flights_1d, max_share: 20}",
            "50:45: max_share: '20' is not a share (expected: from 0 to 1)"),
        slip(
            "nulls: {feature: flights_1d, max_share: few}",
            "50:45: max_share: 'few' is not a number"),
        slip(
            "range: {feature: flights_1d}",
            "50:12: neither min nor max (expected: one of them, or both); add one"),
        slip(
            "range: {feature: flights_1d, min: 0.5}",
            "50:39: the min of 'flights_1d' is '0.5' (expected: a value of type bigint)"),
        slip(
            "range: {feature: late_share_7d, min: 0, max: many}",
            "50:50: the max of 'late_share_7d' is 'many' (expected: a value of type double)"),
        slip(
            "range: {feature: late_share_7d, min: .nan}",
            "50:42: the min of 'late_share_7d' is not a number; NaN lies in no range"),
        slip(
            "range: {feature: late_share_7d, min: 1, max: 0}",
            "50:12: min 1.0 is above max 0.0; swap them"),
        slip("unique: yes", "50:13: unique: 'yes' is not known (expected: key)"),
        slip(
            "unique: key",
            "50:13: unique: 'key' is for row views; an entity of a windowed view may have many rows of one event time"),
        slip(
            "freshness: soon",
            "50:16: freshness: 'soon' is not a duration (expected: a number and one of ms, s, m, h, d; for example 90s, 10m, 1h or 7d)"),
        slip("freshness: 0s", "50:16: freshness: '0s' is no age of a row (expected: more than 0)"),
        slip(
            "freshness: 31d",
            "50:16: freshness: '31d' is longer than the longest window, and a run reads no older rows (expected: at most 30d)"));
  }

  private static Arguments slip(String expectation, String problem) {
    return Arguments.of(expectation, "definitions/flights.yaml:" + problem);
  }

  @Test
  void anAgeHasNoMeaningOverAConstantEventTime() {
    assertThat(DefinitionProblemsTest.problems(place("freshness: 1h")))
        .containsExactly(
            "definitions/flights.yaml:72:16: freshness: '1h' has no meaning over source 'airports', whose event_time is constant; remove it");
  }

  @Test
  void onlyValuesInAnOrderHaveARange() {
    String text =
        place("range: {feature: latitude, min: 1}")
            .replace("expr: latitude}", "expr: latitude > 1}");

    assertThat(DefinitionProblemsTest.problems(text))
        .containsExactly(
            "definitions/flights.yaml:72:12: range of 'latitude', which is boolean (expected: a number, string, date or timestamp); remove it");
  }

  @Test
  void aFeatureThatIsWrongItselfIsReportedOnce() {
    String text =
        departures("nulls: {feature: flights_1d}")
            .replace("expr: count(*), window: 1d", "expr: cont(*), window: 1d");

    assertThat(DefinitionProblemsTest.problems(text))
        .singleElement()
        .asString()
        .contains("expr:", "cont");
  }

  private static List<Expectation> expectations(ViewId view, String text) {
    return FlightsExample.load(text).view(view).expectations();
  }

  private static String departures(String... expectations) {
    return FlightsExample.text()
        .replace("owner: flight-ops\n", "owner: flight-ops\n" + expect(expectations));
  }

  private static String place(String expectation) {
    return FlightsExample.text()
        .replace("features: [{name: latitude", expect(expectation) + "features: [{name: latitude");
  }

  private static String expect(String... expectations) {
    return "expect:\n  - " + String.join("\n  - ", expectations) + "\n";
  }
}
