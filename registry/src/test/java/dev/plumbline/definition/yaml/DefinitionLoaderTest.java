package dev.plumbline.definition.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.plumbline.definition.DatasetDefinition.Split;
import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.OnDemandView;
import dev.plumbline.definition.OnDemandView.OnMissing;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.Source;
import dev.plumbline.definition.Source.EventTime;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.Window;
import dev.plumbline.timeline.ViewTiming;
import dev.plumbline.timeline.ViewTiming.Shape;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DefinitionLoaderTest {
  private final Revision revision = FlightsExample.revision();

  @Test
  void readsEntitiesWithTheirKeysInOrder() {
    assertThat(revision.entities().get("route").keys())
        .containsExactly(
            new Field("origin", Primitive.STRING), new Field("destination", Primitive.STRING));
  }

  @Test
  void readsSources() {
    Source departures = revision.sources().get("departures");

    assertThat(departures.format()).isEqualTo(Source.Format.PARQUET);
    assertThat(departures.place()).isEqualTo("examples/flights/data/flights.parquet");
    assertThat(departures.eventTime()).isEqualTo(new EventTime.ByColumn("landed_at"));
    assertThat(departures.arrivalTime()).isEmpty();
    assertThat(departures.columns())
        .contains(
            new Source.Column("delay_minutes", Primitive.INT, Optional.of("cast(delay as int)")));
  }

  @Test
  void readsAConstantEventTimeAndAZone() {
    assertThat(revision.sources().get("airports").eventTime())
        .isEqualTo(new EventTime.Constant(Instant.parse("2001-01-01T00:00:00Z")));
    assertThat(revision.sources().get("flight_labels").zone())
        .contains(ZoneId.of("America/New_York"));
  }

  @Test
  void readsWindowedViewsAndTheTypesOfTheirFeatures() {
    FeatureView view = revision.views().get(new ViewId("airport_departures", 1));

    assertThat(view.timing())
        .isEqualTo(
            new ViewTiming(
                Shape.WINDOWED,
                Duration.ofHours(1),
                Duration.ofMinutes(10),
                Optional.of(Duration.ofDays(2))));
    assertThat(view.keys()).containsExactly(entry("code", "origin"));
    assertThat(view.about().owner()).contains("flight-ops");
    assertThat(view.fields())
        .containsExactly(
            new Field("flights_1d", Primitive.BIGINT),
            new Field("last_destination", Primitive.STRING),
            new Field("late_share_7d", Primitive.DOUBLE));
    assertThat(view.features().get(0).window()).contains(new Window.Last(Duration.ofDays(1)));
    assertThat(view.features().get(0).about().description())
        .contains("Departures in the last day.");
  }

  @Test
  void readsAWindowOverAll() {
    Revision lifelong =
        FlightsExample.load(FlightsExample.text().replace("window: 30d", "window: all"));

    assertThat(
            lifelong
                .view(new ViewId("airport_departures", 1))
                .find("last_destination")
                .orElseThrow()
                .window())
        .contains(new Window.All());
  }

  @Test
  void readsAViewWithoutWindowsAsARowView() {
    FeatureView view = revision.views().get(new ViewId("airport_place", 1));

    assertThat(view.isWindowed()).isFalse();
    assertThat(view.timing().maxAge()).isEmpty();
    assertThat(view.timing().availabilityLag()).isZero();
  }

  @Test
  void readsOnDemandViews() {
    OnDemandView view = revision.onDemandViews().get(new ViewId("delay_context", 1));

    assertThat(view.inputs())
        .containsExactly(
            new FeatureRef("origin", "late_share_7d", 1),
            new FeatureRef("route", "late_share_7d", 1));
    assertThat(view.request()).containsExactly(new Field("minutes_to_departure", Primitive.INT));
    assertThat(view.onMissing()).isEqualTo(OnMissing.PROPAGATE);
    assertThat(view.features())
        .extracting(OnDemandView.Feature::name)
        .containsExactly("hours_to_departure", "late_ratio");
  }

  @Test
  void readsServicesWithDefaultsOfTheFeaturesType() {
    assertThat(revision.services().get("delay_model").defaults())
        .containsExactly(entry(new FeatureRef("destination", "flights_1d", 1), 0L));
  }

  @Test
  void readsDatasets() {
    assertThat(revision.datasets().get("delay_training").split())
        .contains(new Split(new Split.Time(), 0.7, 0.15, 0.15));
    assertThat(revision.datasets().get("delay_training").labels().keys().get("route"))
        .isEqualTo(Map.of("origin", "origin", "destination", "destination"));
  }

  @Test
  void readsSplitsByAnEntity() {
    assertThat(split("{by: route, train: 0.8, validation: 0.1, test: 0.1, seed: 7}"))
        .contains(new Split(new Split.Key("route", 7), 0.8, 0.1, 0.1));
    assertThat(split("{by: destination, train: 0.9, test: 0.1}"))
        .contains(new Split(new Split.Key("destination", 0), 0.9, 0, 0.1));
  }

  private static Optional<Split> split(String text) {
    String declared = "{by: time, train: 0.7, validation: 0.15, test: 0.15}";
    assertThat(FlightsExample.text()).contains(declared);
    return FlightsExample.load(FlightsExample.text().replace(declared, text))
        .datasets()
        .get("delay_training")
        .split();
  }

  @Test
  void takesTheEntitysNameAsTheRoleThatIsLeftOut() {
    Revision withService =
        FlightsExample.load(
            FlightsExample.text()
                + """
                ---
                feature_service: short
                features: [airport:latitude@1, route:flights_7d@1]
                """);

    assertThat(withService.services().get("short").roles())
        .containsExactly(entry("airport", "airport"), entry("route", "route"));
  }

  @Test
  void addsTheDefaultRolesThatAListOfRolesLeavesOut() {
    Revision withService =
        FlightsExample.load(
            FlightsExample.text()
                + """
                ---
                feature_service: short
                roles: {origin: airport}
                features: [origin:latitude@1, delay_context:late_ratio@1]
                """);

    assertThat(withService.services().get("short").roles())
        .containsExactly(entry("origin", "airport"), entry("route", "route"));
  }

  @Test
  void readsOnMissingNullAsAWish() {
    Revision changed =
        FlightsExample.load(
            FlightsExample.text().replace("request: [{", "on_missing: null\nrequest: [{"));

    assertThat(changed.onDemandViews().get(new ViewId("delay_context", 1)).onMissing())
        .isEqualTo(OnMissing.NULL);
  }

  @Test
  void findsTheViewOfAFeature() {
    assertThat(revision.viewOf("airport", "late_share_7d", 1))
        .map(FeatureView::id)
        .contains(new ViewId("airport_departures", 1));
    assertThat(revision.viewOf("airport", "late_share_7d", 2)).isEmpty();
    assertThat(List.copyOf(revision.views().keySet())).hasSize(3);
  }
}
