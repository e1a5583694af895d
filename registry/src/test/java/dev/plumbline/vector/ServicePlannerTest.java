package dev.plumbline.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.OnDemandView;
import dev.plumbline.definition.yaml.FlightsExample;
import dev.plumbline.failure.InvalidException;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import dev.plumbline.vector.ServicePlan.Origin;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServicePlannerTest {
  private static final FeatureRef HOURS = new FeatureRef("delay_context", "hours_to_departure", 1);
  private static final String OTHER_VIEWS =
      """
      ---
      on_demand_view: of_route
      version: 1
      roles: {origin: route}
      inputs: [origin:late_share_7d@1]
      features: [{name: share, expr: origin.late_share_7d * 2}]
      ---
      on_demand_view: of_minutes
      version: 1
      request: [{name: minutes_to_departure, type: double}]
      features: [{name: days, expr: minutes_to_departure / 1440}]
      """;

  private final ServicePlanner planner =
      new ServicePlanner(FlightsExample.load(FlightsExample.text() + OTHER_VIEWS));

  @Test
  void aListHasTheRolesAndRequestValuesOfItsOnDemandViews() {
    ServicePlan plan = planner.references(List.of(HOURS, ref("airport", "flights_1d", 1)));

    assertThat(plan.roles())
        .extracting(ServicePlan.Role::name)
        .containsExactlyInAnyOrder("origin", "route", "airport");
    assertThat(plan.request()).containsExactly(new Field("minutes_to_departure", Primitive.INT));
  }

  @Test
  void onlyTheFeaturesThatAreAskedForAreEvaluated() {
    FeatureRef ratio = ref("delay_context", "late_ratio", 1);

    assertThat(planner.references(List.of(HOURS)).steps())
        .flatExtracting(ServicePlan.Step::features)
        .extracting(OnDemandView.Feature::name)
        .containsExactly("hours_to_departure");
    assertThat(planner.references(List.of(HOURS, ratio, HOURS)).outputs())
        .extracting(ServicePlan.Output::origin)
        .containsExactly(
            new Origin.Computed(0, 0), new Origin.Computed(0, 1), new Origin.Computed(0, 0));
  }

  @Test
  void oneRoleIsOneEntity() {
    assertThatThrownBy(() -> planner.references(List.of(HOURS, ref("of_route", "share", 1))))
        .isInstanceOf(InvalidException.class)
        .hasMessage(
            "features.references: role 'origin' is entity 'airport' to 'delay_context:hours_to_departure@1' and entity 'route' to 'of_route:share@1' (expected: one meaning in a request); ask for them in requests of their own");
  }

  @Test
  void oneRequestValueHasOneType() {
    assertThatThrownBy(() -> planner.references(List.of(ref("of_minutes", "days", 1), HOURS)))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining(
            "request value 'minutes_to_departure' is double to 'of_minutes:days@1' and int to 'delay_context:hours_to_departure@1'");
  }

  @Test
  void onDemandViewsAreAmongTheKnownNames() {
    assertThatThrownBy(() -> planner.references(List.of(ref("of_minuts", "days", 1))))
        .hasMessage("unknown entity or on-demand view 'of_minuts'; did you mean 'of_minutes'?");
    assertThatThrownBy(() -> planner.references(List.of(ref("of_minutes", "days", 2))))
        .hasMessage("unknown on-demand view 'of_minutes@2'; did you mean 'of_minutes@1'?");
  }

  private static FeatureRef ref(String role, String feature, int version) {
    return new FeatureRef(role, feature, version);
  }
}
