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
import org.junit.jupiter.api.Test;

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
