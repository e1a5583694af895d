package dev.plumbline.definition.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.yaml.FlightsExample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeaningTest {
  private static final ViewId DEPARTURES = new ViewId("airport_departures", 1);
  private static final ViewId CONTEXT = new ViewId("delay_context", 1);

  private final Meaning before = meaning(DEPARTURES, FlightsExample.text());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "owner: flight-ops | owner: somebody",
        "description: Departures in the last day. | description: Other words.",
        "path: examples/flights/data/flights.parquet | path: elsewhere.parquet",
        "arrival_time: null | description: All of them.",
        "feature_view: airport_place | feature_view: airport_location",
      })
  void staysWhatItIsWhenNoValueChanges(String correct, String changed) {
    Meaning after = meaning(DEPARTURES, replaced(correct, changed));

    assertThat(after).isEqualTo(before);
    assertThat(after.fingerprint()).isEqualTo(before.fingerprint());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "expr: count(*), window: 1d, | expr: count(*), window: 2d, | features.flights_1d.window: 2d, was 1d",
        "expr: count(*), window: 1d, | expr: count(*), window: all, | features.flights_1d.window: all, was 1d",
        "max_age: 2d | max_age: 3d | max_age: 3d, was 2d",
        "expr: last(destination) | expr: first(destination) | features.last_destination.expr: 'first(destination)', was 'last(destination)'",
        "cast(delay as int) | cast(delay as bigint) | source.columns.delay_minutes.expr: 'cast(delay as bigint)', was 'cast(delay as int)'",
        "arrival_time: null | zone: UTC | source.zone: UTC, was absent",
        "arrival_time: null | query: select * from raw | source.query: 'select * from raw', was absent",
      })
  void saysWhatDiffersWhenItChanges(String correct, String changed, String difference) {
    Meaning after = meaning(DEPARTURES, replaced(correct, changed));

    assertThat(after.differences(before)).containsExactly(difference);
    assertThat(after.fingerprint()).isNotEqualTo(before.fingerprint());
  }

  @Test
  void doesNotSayOfExpressionsHowTheyAreWrittenNow() {
    String text =
        replaced("expr: count(*), window: 1d,", "expr: COUNT ( * ), window: 2d,")
            .replace("expr: last(destination)", "expr: \"last (destination) -- the last\\n\"");

    assertThat(meaning(DEPARTURES, text).differences(before))
        .containsExactly("features.flights_1d.window: 2d, was 1d");
  }

  @Test
  void saysWhichFeaturesCameAndWent() {
    String last = "  - {name: last_destination, expr: last(destination), window: 30d}";
    String text = replaced(last, "  - {name: farthest, expr: max(delay_minutes), window: 30d}");

    assertThat(meaning(DEPARTURES, text).differences(before))
        .containsExactly(
            "features.farthest: declared, was absent",
            "features.last_destination: absent, was declared");
  }

  @Test
  void namesTheColumnThatMadeAnotherExpressionOfAFeature() {
    String text =
        replaced(
            "{name: delay_minutes, type: int, expr: \"cast(delay as int)\"}",
            "{name: delay_minutes, type: bigint, expr: \"cast(delay as bigint)\"}");

    Meaning after = meaning(DEPARTURES, text);

    assertThat(after.differences(before))
        .containsExactly(
            "source.columns.delay_minutes.expr: 'cast(delay as bigint)', was 'cast(delay as int)'",
            "source.columns.delay_minutes.type: bigint, was int");
    assertThat(after.features().get("late_share_7d"))
        .isNotEqualTo(before.features().get("late_share_7d"));
    assertThat(after.features().get("flights_1d")).isEqualTo(before.features().get("flights_1d"));
  }

  @Test
  void ofAColumnIsTheViewsThatReachIt() {
    String more = "  - {name: landed_at, type: timestamp, expr:";
    String text = replaced(more, "  - {name: tail, type: string}\n" + more);

    assertThat(meaning(DEPARTURES, text)).isEqualTo(before);
  }

  @Test
  void isReadBackFromItsText() {
    Meaning read = Meaning.ofJson(before.json());

    assertThat(read).isEqualTo(before);
    assertThat(read.differences(before)).isEmpty();
  }

  @Test
  void ofAnOnDemandViewDoesNotDependOnARoleThatIsGivenByDefault() {
    String roles = "roles: {origin: airport, route: route}\ninputs";

    assertThat(meaning(CONTEXT, replaced(roles, "roles: {origin: airport}\ninputs")))
        .isEqualTo(meaning(CONTEXT, FlightsExample.text()));
  }

  @Test
  void ofAnOnDemandViewDoesNotDependOnTheOrderOfItsInputs() {
    String inputs = "inputs: [origin:late_share_7d@1, route:late_share_7d@1]";
    String swapped = "inputs: [route:late_share_7d@1, origin:late_share_7d@1]";

    assertThat(meaning(CONTEXT, replaced(inputs, swapped)))
        .isEqualTo(meaning(CONTEXT, FlightsExample.text()));
  }

  @Test
  void ofAViewDependsOnTheOrderOfItsEntitysKeys() {
    ViewId route = new ViewId("route_departures", 1);
    String keys = "keys: [{name: origin, type: string}, {name: destination, type: string}]";
    String swapped = "keys: [{name: destination, type: string}, {name: origin, type: string}]";

    assertThat(
            meaning(route, replaced(keys, swapped))
                .differences(meaning(route, FlightsExample.text())))
        .containsExactly(
            "entity.keys: 'destination string, origin string', was 'origin string, destination string'");
  }

  private static String replaced(String correct, String changed) {
    assertThat(FlightsExample.text()).contains(correct);
    return FlightsExample.text().replace(correct, changed);
  }

  private static Meaning meaning(ViewId view, String text) {
    return Meaning.of(FlightsExample.load(text)).get(view);
  }
}
