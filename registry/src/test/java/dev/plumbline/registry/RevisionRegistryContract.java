package dev.plumbline.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.definition.Lifecycle;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.yaml.FlightsExample;
import dev.plumbline.failure.BreakingException;
import dev.plumbline.failure.ConflictException;
import dev.plumbline.failure.NotFoundException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What a registry promises, on whichever database. */
abstract class RevisionRegistryContract {
  private static final Instant NOW = Instant.parse("2001-03-01T00:00:00.123456Z");

  private static final Applicant ANN = new Applicant("ann@desk", Optional.of("c0ffee"));
  private static final ViewId ALTITUDE_VIEW = new ViewId("airport_altitude", 1);

  /** A view that nobody reads. */
  private static final String ALTITUDE =
      """
      feature_view: airport_altitude
      version: 1
      entity: airport
      source: airports
      keys: {code: iata}
      every: 1d
      features: [{name: altitude, expr: latitude}]
      """;

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

  private AppliedRevision applied(Revision revision) {
    return registry.apply(revision).current();
  }

  private static Revision owned(String owner) {
    return changed("owner: flight-ops", "owner: " + owner);
  }

  /** The example with one more document. */
  private static Revision with(String document) {
    return FlightsExample.load(FlightsExample.text() + "---\n" + document);
  }

  private static String altitude(int number) {
    return ALTITUDE.replace("airport_altitude", "airport_altitude" + number);
  }

  /** Retires the view that nobody reads, then removes it. */
  private void remove() {
    registry.apply(with(ALTITUDE + "retired: true\n"));
    registry.apply(FlightsExample.revision());
  }

  private RemovedVersions removed() {
    return new RemovedVersions(open(), "flights", InstantSource.fixed(NOW));
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
        .isInstanceOf(BreakingException.class)
        .hasMessageContaining("airport_departures@1")
        .hasMessageContaining("features.flights_1d.window")
        .hasMessageContaining("version 2");
    assertThat(registry.current().orElseThrow().number()).isEqualTo(1);
  }

  @Test
  void understandsMeaningsThatAnotherReleaseWrote() {
    registry.apply(FlightsExample.revision());
    forgetTheFormOfMeanings();
    Revision changed = changed("expr: count(*), window: 1d", "expr: count(*), window: 2d");

    assertThatThrownBy(() -> registry.apply(changed))
        .isInstanceOf(BreakingException.class)
        .hasMessageContaining("features.flights_1d.window: 2d, was 1d");
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
  void remembersAVersionThatWasRemoved() {
    registry.apply(with(ALTITUDE));
    int shortId = registry.shortId(ALTITUDE_VIEW);
    remove();

    assertThatThrownBy(() -> registry.apply(with(ALTITUDE.replace("every: 1d", "every: 2d"))))
        .isInstanceOf(BreakingException.class)
        .hasMessageContaining("airport_altitude@1")
        .hasMessageContaining("every");
    registry.apply(with(ALTITUDE));
    assertThat(registry.shortId(ALTITUDE_VIEW)).isEqualTo(shortId);
  }

  @Test
  void givesEveryVersionAShortIdOfItsOwn() {
    registry.apply(with(ALTITUDE));
    remove();
    registry.apply(
        with(
            ALTITUDE
                .replace("airport_altitude", "airport_height")
                .replace("name: altitude", "name: height")));

    assertThat(
            new int[] {
              registry.shortId(new ViewId("airport_departures", 1)),
              registry.shortId(new ViewId("airport_place", 1)),
              registry.shortId(new ViewId("route_departures", 1)),
              registry.shortId(new ViewId("delay_context", 1)),
              registry.shortId(ALTITUDE_VIEW),
              registry.shortId(new ViewId("airport_height", 1))
            })
        .doesNotHaveDuplicates();
  }

  @Test
  void refusesWhatWasPlannedAgainstAnotherRevisionThanTheNewest() {
    BaseRevision base = BaseRevision.of(Optional.of(applied(FlightsExample.revision())));
    registry.apply(owned("others"), base, ANN);

    assertThatThrownBy(() -> reopened().apply(owned("nobody"), base, ANN))
        .isInstanceOf(ConflictException.class)
        .hasMessageStartingWith(
            "project 'flights': the change was planned against revision 1, and revision 2 is the newest (later came revision 2 by ann@desk at 2001-03-01T00:00:00.123456Z")
        .hasMessageEndingWith(
            "; nothing was applied. See what there is now with plumb plan, and apply that");
    assertThat(registry.log()).hasSize(2);
  }

  @Test
  void refusesAPlanOfAnotherRegistry() {
    applied(FlightsExample.revision());
    BaseRevision elsewhere = new BaseRevision(1, "0123456789abcdef");

    assertThatThrownBy(() -> registry.apply(owned("others"), elsewhere, ANN))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining(
            "planned against revision 1, and revision 1 of this registry is another one than the 0123456789ab that was planned against");
  }

  @Test
  void appliesAgainWhatWasAppliedAgainstTheSameBase() {
    registry.apply(FlightsExample.revision(), BaseRevision.NOTHING, ANN);

    RevisionRegistry.Outcome again =
        reopened().apply(FlightsExample.revision(), BaseRevision.NOTHING, ANN);

    assertThat(again).isInstanceOf(RevisionRegistry.Outcome.Unchanged.class);
  }

  @Test
  void remembersWhoAppliedWhatFromWhere() {
    registry.apply(FlightsExample.revision(), BaseRevision.NOTHING, ANN);
    registry.apply(owned("others"));

    List<RevisionEntry> log = reopened().log();

    assertThat(log).extracting(RevisionEntry::number).containsExactly(1, 2);
    assertThat(log.get(0).by()).contains("ann@desk");
    assertThat(log.get(0).commit()).contains("c0ffee");
    assertThat(log.get(0).appliedAt()).isEqualTo(NOW);
    assertThat(log.get(0).fingerprint()).isEqualTo(registry.load(1).fingerprint());
    assertThat(log.get(1).commit()).isEmpty();
  }

  @Test
  void goesBackToAnEarlierRevisionAsANewOne() {
    AppliedRevision first = applied(FlightsExample.revision());
    AppliedRevision second = applied(with(ALTITUDE));

    RevisionRegistry.Outcome outcome =
        registry.rollback(1, BaseRevision.of(Optional.of(second)), ANN);

    assertThat(outcome.current().number()).isEqualTo(3);
    assertThat(outcome.current().fingerprint()).isEqualTo(first.fingerprint());
    assertThat(reopened().current().orElseThrow().revision()).isEqualTo(FlightsExample.revision());
    assertThat(registry.log().get(2).summary().orElseThrow()).startsWith("rollback");
    assertThat(registry.rollback(1, BaseRevision.NOTHING, ANN))
        .isInstanceOf(RevisionRegistry.Outcome.Unchanged.class);
  }

  @Test
  void goesBackOnlyFromTheRevisionThatWasSeen() {
    BaseRevision seen = BaseRevision.of(Optional.of(applied(FlightsExample.revision())));
    registry.apply(owned("others"));
    registry.apply(owned("nobody"));

    assertThatThrownBy(() -> registry.rollback(2, seen, ANN))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("planned against revision 1, and revision 3 is the newest");
    assertThatThrownBy(() -> registry.rollback(9, seen, ANN))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("has no revision 9 (newest: revision 3)");
  }

  @Test
  void letsNoPrunedVersionComeBack() {
    registry.apply(with(ALTITUDE));
    remove();
    removed().prune(ALTITUDE_VIEW, List.of(), ANN);
    BaseRevision newest = BaseRevision.of(registry.current());

    assertThatThrownBy(() -> registry.apply(with(ALTITUDE)))
        .isInstanceOf(BreakingException.class)
        .hasMessageContaining("airport_altitude@1");
    assertThatThrownBy(() -> registry.rollback(1, newest, ANN))
        .isInstanceOf(BreakingException.class)
        .hasMessageContaining("airport_altitude@1");
    assertThatThrownBy(() -> new RunLedger(open(), "flights").nextStamp(ALTITUDE_VIEW, 1))
        .isInstanceOf(ConflictException.class)
        .hasMessage(
            "view 'airport_altitude@1' was pruned by ann@desk at 2001-03-01T00:00:00.123456Z: its data is deleted, and it never comes back; make the next version");
  }

  /** What each of the two reads, the other writes. */
  @RepeatedTest(3)
  void eitherPrunesAVersionOrLetsItComeBack() throws Exception {
    registry.apply(with(ALTITUDE));
    remove();
    BaseRevision base = BaseRevision.of(registry.current());

    List<Boolean> done =
        AtOnce.call(
            2,
            each -> {
              try {
                if (each == 0) {
                  reopened().apply(with(ALTITUDE), base, ANN);
                } else {
                  removed().prune(ALTITUDE_VIEW, List.of(), ANN);
                }
                return true;
              } catch (BreakingException | ConflictException e) {
                return false;
              }
            });

    assertThat(done).containsExactlyInAnyOrder(true, false);
  }

  @Test
  void knowsTheVersionsThatAreGoneAndHowFarTheirDeletionCame() {
    registry.apply(with(ALTITUDE));
    remove();

    assertThat(removed().unfinished())
        .singleElement()
        .satisfies(
            version -> {
              assertThat(version.view().id()).isEqualTo(ALTITUDE_VIEW);
              assertThat(version.view().lifecycle()).isEqualTo(Lifecycle.RETIRED);
              assertThat(version.entity().name()).isEqualTo("airport");
              assertThat(version.shortId()).isEqualTo(registry.shortId(ALTITUDE_VIEW));
              assertThat(version.lastRevision()).isEqualTo(2);
              assertThat(version.pruned()).isEmpty();
            });
    assertThat(removed().isPruned(ALTITUDE_VIEW)).isFalse();

    removed().prune(ALTITUDE_VIEW, List.of("/a", "/b"), ANN);
    RemovedVersion again = removed().prune(ALTITUDE_VIEW, List.of("/c", "/b"), ANN);

    assertThat(again.pruned().orElseThrow())
        .isEqualTo(new PrunedVersion(NOW, "ann@desk", List.of("/a", "/b", "/c"), false));
    assertThat(removed().unfinished()).containsExactly(again);
    assertThat(removed().isPruned(ALTITUDE_VIEW)).isTrue();

    removed().finished(ALTITUDE_VIEW);

    assertThat(removed().unfinished()).isEmpty();
    assertThat(removed().load(ALTITUDE_VIEW).pruned().orElseThrow().finished()).isTrue();
  }

  @Test
  void prunesNothingThatTheNewestRevisionHas() {
    registry.apply(with(ALTITUDE + "retired: true\n"));

    assertThatThrownBy(() -> removed().prune(ALTITUDE_VIEW, List.of(), ANN))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining(
            "view 'airport_altitude@1' is in the newest revision of project 'flights'");
    assertThatThrownBy(() -> removed().load(new ViewId("airport_altitud", 1)))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("has a feature view 'airport_altitud@1'");
    assertThat(removed().unfinished()).isEmpty();
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
  void makesOneOfManyChangesThatWerePlannedAgainstTheSame() throws Exception {
    BaseRevision base = BaseRevision.of(Optional.of(applied(FlightsExample.revision())));

    List<Boolean> made =
        AtOnce.call(
            6,
            each -> {
              try {
                reopened().apply(with(altitude(each)), base, ANN);
                return true;
              } catch (ConflictException e) {
                return false;
              }
            });

    assertThat(made).filteredOn(Boolean.TRUE::equals).hasSize(1);
    assertThat(registry.log()).extracting(RevisionEntry::number).containsExactly(1, 2);
    assertThat(registry.current().orElseThrow().revision().views())
        .containsKey(new ViewId("airport_altitude" + made.indexOf(true), 1))
        .hasSize(4);
  }

  private RevisionRegistry otherRegistry() {
    return new RevisionRegistry(openOther(), "flights", InstantSource.fixed(NOW));
  }
}
