package dev.plumbline.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.yaml.FlightsExample;
import dev.plumbline.failure.ConflictException;
import dev.plumbline.failure.NotFoundException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a registry promises, on whichever database. */
abstract class RevisionRegistryContract {
  private static final Instant NOW = Instant.parse("2001-03-01T00:00:00.123456Z");

  private RevisionRegistry registry;

  /** The same database of one test, opened anew. */
  abstract MetadataDatabase open();

  /** Another one, the same of one test, in which nobody has opened anything but other tables. */
  abstract MetadataDatabase openOther();

  @BeforeEach
  void openRegistry() {
    registry = reopened();
  }

  private RevisionRegistry reopened() {
    return new RevisionRegistry(open(), "flights", InstantSource.fixed(NOW));
  }

  private static Revision changed(String correct, String other) {
    assertThat(FlightsExample.text()).contains(correct);
    return FlightsExample.load(FlightsExample.text().replace(correct, other));
  }

  @Test
  void keepsWhatWasApplied() {
    RevisionRegistry.Outcome outcome = registry.apply(FlightsExample.revision());

    assertThat(outcome).isInstanceOf(RevisionRegistry.Outcome.Applied.class);
    assertThat(reopened().current()).contains(outcome.current());
    assertThat(outcome.current().number()).isEqualTo(1);
    assertThat(outcome.current().appliedAt()).isEqualTo(NOW);
    assertThat(reopened().load(1).revision()).isEqualTo(FlightsExample.revision());
  }

  @Test
  void hasNothingAtFirst() {
    assertThat(registry.current()).isEmpty();
  }

  @Test
  void findsAPastRevisionByItsFingerprint() {
    AppliedRevision first = registry.apply(FlightsExample.revision()).current();
    registry.apply(changed("owner: flight-ops", "owner: others"));

    assertThat(reopened().load(first.fingerprint())).isEqualTo(first);

    AppliedRevision again = registry.apply(FlightsExample.revision()).current();

    assertThat(reopened().load(first.fingerprint())).isEqualTo(again);
    assertThatThrownBy(() -> registry.load("abc"))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("no revision with the fingerprint abc");
  }

  @Test
  void doesNothingTheSecondTime() {
    registry.apply(FlightsExample.revision());

    RevisionRegistry.Outcome again = reopened().apply(FlightsExample.revision());

    assertThat(again).isInstanceOf(RevisionRegistry.Outcome.Unchanged.class);
    assertThat(again.current().number()).isEqualTo(1);
  }

  @Test
  void takesOtherWordsForTheSameMeaning() {
    registry.apply(FlightsExample.revision());

    RevisionRegistry.Outcome outcome =
        registry.apply(changed("owner: flight-ops", "owner: others"));

    assertThat(outcome.current().number()).isEqualTo(2);
  }

  @Test
  void refusesAnotherMeaningOfAPublishedVersion() {
    registry.apply(FlightsExample.revision());
    Revision changed = changed("expr: count(*), window: 1d", "expr: count(*), window: 2d");

    assertThatThrownBy(() -> registry.apply(changed))
        .isInstanceOf(ConflictException.class)
        .hasMessage(
            "view 'airport_departures@1' is published and means something else (features.flights_1d.window: 2d, was 1d); restore it and make the new one version 2");
    assertThat(registry.current().orElseThrow().number()).isEqualTo(1);
  }

  @Test
  void understandsMeaningsThatAnotherReleaseWrote() {
    registry.apply(FlightsExample.revision());
    forgetTheFormOfMeanings();
    Revision changed = changed("expr: count(*), window: 1d", "expr: count(*), window: 2d");

    assertThatThrownBy(() -> registry.apply(changed))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("(features.flights_1d.window: 2d, was 1d)");
    assertThat(registry.apply(FlightsExample.revision()))
        .isInstanceOf(RevisionRegistry.Outcome.Unchanged.class);
    assertThat(registry.apply(changed("expr: count(*)", "expr: COUNT ( * )")).current().number())
        .isEqualTo(2);
  }

  /** As the first release wrote them, expressions as text. */
  private void forgetTheFormOfMeanings() {
    String old =
        """
        {"name":"airport_departures","version":1,"entity":{"name":"airport","keys":[]},"source":{}}""";
    int rows =
        open()
            .transaction(
                handle ->
                    handle.execute(
                        "update view_version set meaning = ?, meaning_fingerprint = ?",
                        old,
                        "0".repeat(64)));
    assertThat(rows).isPositive();
  }

  @Test
  void remembersAVersionThatWasRetired() {
    String place = "feature_view: airport_place";
    registry.apply(FlightsExample.revision());
    int shortId = registry.shortId(new ViewId("airport_place", 1));
    registry.apply(changed(place, "feature_view: airport_location"));

    assertThatThrownBy(
            () ->
                registry.apply(
                    changed("keys: {code: iata}\nevery: 1d", "keys: {code: iata}\nevery: 2d")))
        .hasMessageContaining("view 'airport_place@1' is published and means something else");
    registry.apply(FlightsExample.revision());
    assertThat(registry.shortId(new ViewId("airport_place", 1))).isEqualTo(shortId);
  }

  @Test
  void givesEveryVersionAShortIdOfItsOwn() {
    registry.apply(FlightsExample.revision());
    registry.apply(changed("feature_view: airport_place", "feature_view: airport_location"));

    assertThat(
            new int[] {
              registry.shortId(new ViewId("airport_departures", 1)),
              registry.shortId(new ViewId("airport_place", 1)),
              registry.shortId(new ViewId("route_departures", 1)),
              registry.shortId(new ViewId("delay_context", 1)),
              registry.shortId(new ViewId("airport_location", 1))
            })
        .doesNotHaveDuplicates();
  }

  @Test
  void knowsNoShortIdOfWhatWasNotApplied() {
    assertThatThrownBy(() -> registry.shortId(new ViewId("airport_place", 1)))
        .isInstanceOf(NotFoundException.class)
        .hasMessage(
            "view 'airport_place@1' is in no applied revision of project 'flights'; run plumb apply");
  }

  @Test
  void isMadeByManyAtOnceBesideOtherTables() throws Exception {
    List<RevisionRegistry.Outcome> all =
        AtOnce.call(6, each -> otherRegistry().apply(FlightsExample.revision()));

    assertThat(all).filteredOn(RevisionRegistry.Outcome.Applied.class::isInstance).hasSize(1);
    assertThat(all).extracting(outcome -> outcome.current().number()).containsOnly(1);
  }

  @Test
  void numbersWhatManyApplyAtOnce() throws Exception {
    registry.apply(FlightsExample.revision());

    List<RevisionRegistry.Outcome> all =
        AtOnce.call(
            6,
            each ->
                reopened()
                    .apply(
                        changed(
                            "feature_view: airport_place", "feature_view: airport_place" + each)));

    assertThat(all)
        .extracting(outcome -> outcome.current().number())
        .containsExactlyInAnyOrder(2, 3, 4, 5, 6, 7);
    assertThat(IntStream.range(0, 6).mapToObj(each -> new ViewId("airport_place" + each, 1)))
        .extracting(registry::shortId)
        .doesNotHaveDuplicates();
  }

  private RevisionRegistry otherRegistry() {
    return new RevisionRegistry(openOther(), "flights", InstantSource.fixed(NOW));
  }
}
