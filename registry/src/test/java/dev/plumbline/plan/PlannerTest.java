package dev.plumbline.plan;

import static dev.plumbline.plan.ChangeClass.ADDITIVE;
import static dev.plumbline.plan.ChangeClass.BREAKING;
import static dev.plumbline.plan.ChangeClass.METADATA;
import static dev.plumbline.plan.ChangeClass.NEEDS_BACKFILL;
import static dev.plumbline.plan.ChangeClass.NEW_VERSION;
import static dev.plumbline.plan.ChangeClass.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.json.Meaning;
import dev.plumbline.definition.json.RevisionJson;
import dev.plumbline.definition.yaml.FlightsExample;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {
  private static final String FLIGHTS = FlightsExample.text();
  private static final ViewId DEPARTURES_2 = new ViewId("airport_departures", 2);

  /** Of the flights, with the window of a week made two. */
  private static final String DEPARTURES_V2 =
      """
      ---
      feature_view: airport_departures
      version: 2
      entity: airport
      source: departures
      keys: {code: origin}
      every: 1h
      availability_lag: 10m
      max_age: 2d
      features:
        - {name: flights_1d, expr: count(*), window: 1d}
        - {name: late_share_7d, expr: avg(cast(delay_minutes > 15 as double)), window: 14d}
        - {name: last_destination, expr: last(destination), window: 30d}
      """;

  private static final String ALTITUDE =
      """
      ---
      feature_view: airport_altitude
      version: 1
      entity: airport
      source: airports
      keys: {code: iata}
      every: 1d
      features: [{name: altitude, expr: latitude}]
      """;

  @Test
  void findsNothingInARevisionAgainstItself() {
    assertThat(plan(FLIGHTS, FLIGHTS).changes()).isEmpty();
  }

  @Test
  void findsEverythingNewInTheFirstRevision() {
    Plan plan = Planner.plan(Optional.empty(), revision(FLIGHTS), Published.of(Optional.empty()));

    assertThat(plan.find("feature_view airport_departures@1").orElseThrow().kind())
        .isEqualTo(NEEDS_BACKFILL);
    assertThat(plan.find("feature_service delay_model").orElseThrow().details())
        .contains("is answered when airport_departures@1 is materialised and published");
    assertThat(plan.isBreaking()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "owner: flight-ops | owner: somebody | feature_view airport_departures@1 | METADATA | owner: 'somebody', was 'flight-ops'",
        "description: Departures in the last day. | description: Other words. | feature_view airport_departures@1 | METADATA | features.flights_1d.description: 'Other words.', was 'Departures in the last day.'",
        "path: examples/flights/data/flights.parquet | path: elsewhere.parquet | source departures | METADATA | place: 'elsewhere.parquet', was 'examples/flights/data/flights.parquet'",
        "max_age: 2d                # older: EXPIRED | max_age: 3d | feature_view airport_departures@1 | BREAKING | max_age: 3d, was 2d",
        "zone: America/New_York | zone: UTC | source flight_labels | NEW_VERSION | gives labels to delay_training: the next build may be another",
        "train: 0.7, validation: 0.15 | train: 0.6, validation: 0.25 | dataset delay_training | NEW_VERSION | split.train: '0.6', was '0.7'",
        "defaults: {destination:flights_1d@1: 0} | defaults: {destination:flights_1d@1: 1} | feature_service delay_model | NEW_VERSION | defaults.destination:flights_1d@1: '1', was '0'",
        "destination:flights_1d@1, route:flights_7d@1 | route:flights_7d@1, destination:flights_1d@1 | feature_service delay_model | NEW_VERSION | answers in another order",
        "features: [origin:late_share_7d@1, | features: [origin:late_share_7d@1, origin:flights_1d@1, | feature_service delay_model | ADDITIVE | adds origin:flights_1d@1",
        "destination:flights_1d@1, route:flights_7d@1, | destination:flights_1d@1, | feature_service delay_model | BREAKING | drops route:flights_7d@1",
        "keys: [{name: origin, type: string}, {name: destination, type: string}] | keys: [{name: destination, type: string}, {name: origin, type: string}] | entity route | BREAKING | keys: '[destination string, origin string]', was '[origin string, destination string]'",
      })
  void saysOfWhatKindAChangeIs(
      String was, String is, String subject, ChangeClass kind, String detail) {
    Change change = plan(FLIGHTS, replaced(FLIGHTS, was, is)).find(subject).orElseThrow();

    assertThat(change.kind()).isEqualTo(kind);
    assertThat(change.details()).contains(detail);
    assertThat(change.remedy().isPresent()).isEqualTo(kind == BREAKING);
  }

  @Test
  void refusesAnotherMeaningOfAPublishedVersionAndNamesTheNextOne() {
    String changed = replaced(FLIGHTS, "window: 7d", "window: 14d") + DEPARTURES_V2;

    Change change =
        plan(FLIGHTS + DEPARTURES_V2, changed)
            .find("feature_view airport_departures@1")
            .orElseThrow();

    assertThat(change.kind()).isEqualTo(BREAKING);
    assertThat(change.details()).containsExactly("features.late_share_7d.window: 14d, was 7d");
    assertThat(change.remedy())
        .contains("restore it, and copy it to version 3: airport_departures.v3.yaml");
    assertThat(change.affected().features()).containsExactly("airport:late_share_7d@1");
    assertThat(change.affected().services()).containsExactly("delay_model");
    assertThat(change.affected().datasets()).containsExactly("delay_training");
  }

  @Test
  void namesTheFeaturesThatAServiceMoves() {
    String flights = FLIGHTS + DEPARTURES_V2;

    Change change =
        plan(flights, moved(flights), Set.of(DEPARTURES_2))
            .find("feature_service delay_model")
            .orElseThrow();

    assertThat(change.affected().features())
        .containsExactly("destination:flights_1d@1", "destination:flights_1d@2");
  }

  @Test
  void saysOfANewVersionThatItNeedsABackfillAndWhoStays() {
    Change change =
        plan(FLIGHTS, FLIGHTS + DEPARTURES_V2)
            .find("feature_view airport_departures@2")
            .orElseThrow();

    assertThat(change.kind()).isEqualTo(NEEDS_BACKFILL);
    assertThat(change.also()).containsExactly(NEW_VERSION);
    assertThat(change.affected().staying()).containsExactly("delay_model");
    assertThat(change.affected().features()).contains("airport:late_share_7d@2");
  }

  @Test
  void refusesAServiceThatTakesUpAVersionOfTheSameRevision() {
    Change change =
        plan(FLIGHTS, moved(FLIGHTS + DEPARTURES_V2))
            .find("feature_service delay_model")
            .orElseThrow();

    assertThat(change.kind()).isEqualTo(BREAKING);
    assertThat(change.remedy().orElseThrow())
        .contains("apply airport_departures@2 alone, materialise it, then move the service");
  }

  @Test
  void letsAServiceMoveToAVersionThatWasPushed() {
    Plan plan = plan(FLIGHTS + DEPARTURES_V2, moved(FLIGHTS + DEPARTURES_V2), Set.of(DEPARTURES_2));

    Change change = plan.find("feature_service delay_model").orElseThrow();
    assertThat(change.kind()).isEqualTo(NEW_VERSION);
    assertThat(change.details()).containsExactly("moves destination:flights_1d from @1 to @2");
  }

  @Test
  void refusesAServiceThatTakesUpAVersionThatWasAppliedAndNeverPushed() {
    Plan plan = plan(FLIGHTS + DEPARTURES_V2, moved(FLIGHTS + DEPARTURES_V2), Set.of());

    assertThat(plan.find("feature_service delay_model").orElseThrow().details().get(0))
        .isEqualTo(
            "takes up airport_departures@2, which was never fully pushed: its callers would get no answer");
  }

  @Test
  void saysWhereItCannotKnowWhetherAVersionWasPushed() {
    Change change =
        plan(FLIGHTS + DEPARTURES_V2, moved(FLIGHTS + DEPARTURES_V2))
            .find("feature_service delay_model")
            .orElseThrow();

    assertThat(change.kind()).isEqualTo(NEW_VERSION);
    assertThat(change.details())
        .contains(
            "takes up airport_departures@2; whether it was ever fully pushed is not known here, apply checks it");
  }

  @Test
  void refusesToRemoveAVersionThatWasNotRetired() {
    Plan plan = plan(FLIGHTS + DEPARTURES_V2, FLIGHTS);

    assertThat(plan.find("feature_view airport_departures@2").orElseThrow().remedy())
        .contains("set retired: true, apply, and remove it with the next change");
  }

  @Test
  void letsARetiredVersionGo() {
    String retired = FLIGHTS + DEPARTURES_V2 + "retired: true\n";

    assertThat(plan(FLIGHTS + DEPARTURES_V2, retired).changes())
        .singleElement()
        .satisfies(change -> assertThat(change.kind()).isEqualTo(METADATA));
    assertThat(plan(retired, FLIGHTS).changes())
        .singleElement()
        .satisfies(change -> assertThat(change.kind()).isEqualTo(METADATA));
  }

  @Test
  void refusesToRetireWhatAServiceReads() {
    // no files say so, for their reader refuses it; but a revision may
    Revision flights = revision(FLIGHTS);
    String json = RevisionJson.write(flights);
    Revision retired =
        RevisionJson.read(replaced(json, "\"owner\":\"flight-ops\"", "\"retired\":true"));

    Change change =
        Planner.plan(Optional.of(flights), retired, Published.of(Optional.of(flights)))
            .find("feature_view airport_departures@1")
            .orElseThrow();

    assertThat(change.kind()).isEqualTo(BREAKING);
    assertThat(change.details()).contains("is retired, and read by delay_model");
  }

  @Test
  void refusesAFeatureWhoseReferenceWasOfAViewThatIsGone() {
    String wind = ALTITUDE.replace("airport_altitude", "airport_wind");
    Published published = Published.of(Optional.of(revision(FLIGHTS + ALTITUDE)));

    Change taken = planned(FLIGHTS + wind, published, "feature_view airport_wind@1");
    Change later =
        planned(
            FLIGHTS + wind.replace("version: 1", "version: 2"),
            published,
            "feature_view airport_wind@2");

    assertThat(taken.kind()).isEqualTo(BREAKING);
    assertThat(taken.details())
        .containsExactly("airport:altitude@1 is of airport_altitude@1, which was applied before");
    assertThat(later.kind()).isEqualTo(NEEDS_BACKFILL);
  }

  private static Change planned(String after, Published published, String subject) {
    return Planner.plan(Optional.of(revision(FLIGHTS)), revision(after), published)
        .find(subject)
        .orElseThrow();
  }

  @Test
  void refusesAVersionWhoseDataIsDeleted() {
    Published pruned =
        new Known(Published.of(Optional.of(revision(FLIGHTS + DEPARTURES_V2))), Set.of()) {
          @Override
          public boolean isPruned(ViewId view) {
            return view.equals(DEPARTURES_2);
          }
        };

    Plan plan =
        Planner.plan(Optional.of(revision(FLIGHTS)), revision(FLIGHTS + DEPARTURES_V2), pruned);

    assertThat(plan.find("feature_view airport_departures@2").orElseThrow().remedy())
        .contains("copy it to version 3: airport_departures.v3.yaml");
  }

  @Test
  void refusesWhatCallersDoNotSend() {
    String before = replaced(FLIGHTS, ", delay_context:late_ratio@1]", "]");

    Change change = plan(before, FLIGHTS).find("feature_service delay_model").orElseThrow();

    assertThat(change.details())
        .contains(
            "asks its callers for 'minutes_to_departure' (int), which they do not send",
            "adds delay_context:late_ratio@1");
    assertThat(change.kind()).isEqualTo(BREAKING);
    assertThat(change.also()).containsExactly(ADDITIVE);
  }

  @Test
  void refusesAFeatureThatWouldBeReadFromAnotherViewOfItsName() {
    String retired = replaced(FLIGHTS, "owner: flight-ops", "retired: true");
    for (String each : List.of("on_demand_view: delay_context", "feature_service: delay_model")) {
      retired = replaced(retired, each, each + "\nretired: true");
    }
    String other = replaced(retired, "feature_view: airport_departures", "feature_view: lateness");

    Plan plan = plan(retired, other);

    assertThat(plan.find("feature_service delay_model").orElseThrow().details())
        .containsExactly(
            "reads origin:late_share_7d@1 from lateness@1, was from airport_departures@1",
            "reads destination:flights_1d@1 from lateness@1, was from airport_departures@1");
    assertThat(plan.find("on_demand_view delay_context@1").orElseThrow().details())
        .containsExactly(
            "inputs.origin:late_share_7d.feature_view: lateness, was airport_departures");
    assertThat(plan.find("feature_view lateness@1").orElseThrow().details())
        .contains("airport:flights_1d@1 is of airport_departures@1, which was applied before");
    assertThat(plan.changes()).filteredOn(change -> change.kind() == BREAKING).hasSize(3);
  }

  @Test
  void doesNotCallASourceAnotherThatIsWrittenInAnotherWay() {
    String queried =
        replaced(FLIGHTS, "zone: America/New_York", "query: select * from raw where late");
    String rewritten = replaced(queried, "raw where late", "RAW -- all of them\n  where  late");
    rewritten = replaced(rewritten, "select * from RAW", "|\n  select * from RAW");
    rewritten = replaced(rewritten, "cast(delay as int)", "CAST((Delay) AS INT)");

    Plan plan = plan(queried, rewritten);

    assertThat(plan.changes())
        .extracting(Change::subject)
        .contains("source departures", "source flight_labels");
    assertThat(plan.changes()).extracting(Change::kind).containsOnly(NONE);
  }

  @Test
  void doesNotSayOfAPrunedVersionThatItComesBackAsItWas() {
    Optional<Revision> base = Optional.of(revision(FLIGHTS));
    Published pruned =
        new Known(Published.of(Optional.of(revision(FLIGHTS + DEPARTURES_V2))), Set.of()) {
          @Override
          public boolean isPruned(ViewId view) {
            return true;
          }
        };
    String other = replaced(FLIGHTS + DEPARTURES_V2, "window: 14d", "window: 15d");

    Change change =
        Planner.plan(base, revision(other), pruned)
            .find("feature_view airport_departures@2")
            .orElseThrow();

    assertThat(change.kind()).isEqualTo(BREAKING);
    assertThat(change.also()).isEmpty();
    assertThat(change.details()).containsExactly("was published once, and its data is deleted");
    assertThat(change.remedy()).contains("copy it to version 3: airport_departures.v3.yaml");
  }

  @Test
  void refusesAnotherProject() {
    Revision before = revision(FLIGHTS);
    Revision after =
        new Revision(
            "other",
            before.entities(),
            before.sources(),
            before.views(),
            before.onDemandViews(),
            before.services(),
            before.datasets());

    Plan plan = Planner.plan(Optional.of(before), after, Published.of(Optional.of(before)));

    assertThat(plan.changes()).extracting(Change::subject).containsExactly("project other");
    assertThat(plan.isBreaking()).isTrue();
  }

  /** The service reads the destination's flights from version 2. */
  private static String moved(String text) {
    return text.replace("destination:flights_1d@1", "destination:flights_1d@2");
  }

  private static String replaced(String text, String was, String is) {
    assertThat(text).contains(was);
    return text.replaceFirst(Pattern.quote(was), Matcher.quoteReplacement(is));
  }

  private static Plan plan(String before, String after) {
    Optional<Revision> base = Optional.of(revision(before));
    return Planner.plan(base, revision(after), Published.of(base));
  }

  private static Plan plan(String before, String after, Set<ViewId> pushed) {
    Optional<Revision> base = Optional.of(revision(before));
    return Planner.plan(base, revision(after), new Known(Published.of(base), pushed));
  }

  private static Revision revision(String text) {
    return FlightsExample.load(text);
  }

  /** A registry that knows which versions were pushed. */
  private static class Known implements Published {
    private final Published revision;
    private final Set<ViewId> pushed;

    Known(Published revision, Set<ViewId> pushed) {
      this.revision = revision;
      this.pushed = pushed;
    }

    @Override
    public Optional<Meaning> meaning(ViewId view) {
      return revision.meaning(view);
    }

    @Override
    public Set<ViewId> closed() {
      return revision.closed();
    }

    @Override
    public Optional<FeatureView> view(ViewId id) {
      return revision.view(id);
    }

    @Override
    public Optional<Boolean> isPushed(ViewId view) {
      return Optional.of(pushed.contains(view));
    }

    @Override
    public boolean isPruned(ViewId view) {
      return false;
    }
  }
}
