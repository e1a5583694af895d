package dev.plumbline.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.definition.Revision;
import dev.plumbline.definition.yaml.FlightsExample;
import dev.plumbline.failure.InvalidException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdHocServiceTest {
  private final Revision revision = FlightsExample.load(FlightsExample.text());

  @Test
  void isAServiceLikeOthers() {
    ServicePlan plan = plan(Map.of(), "delay_context:late_ratio@1", "origin:flights_1d@1");

    assertThat(plan.roles())
        .extracting(role -> role.name() + " is " + role.entity().name())
        .containsExactlyInAnyOrder("origin is airport", "route is route");
    assertThat(plan.outputs())
        .extracting(output -> output.ref().toString())
        .containsExactly("delay_context:late_ratio@1", "origin:flights_1d@1");
  }

  @Test
  void aRoleIsTheOnlyEntityThatHasTheFeature() {
    assertThat(plan(Map.of(), "via:flights_1d@1").roles())
        .extracting(role -> role.name() + " is " + role.entity().name())
        .containsExactly("via is airport");
  }

  @Test
  void aRoleOfSeveralIsWhatIsSaidOfIt() {
    assertThatThrownBy(() -> plan(Map.of(), "via:late_share_7d@1"))
        .isInstanceOf(InvalidException.class)
        .hasMessage(
            "features: 'via:late_share_7d@1' may be of the entities airport, route (expected: one); say which the role 'via' stands for");

    assertThat(plan(Map.of("via", "route"), "via:late_share_7d@1").roles())
        .extracting(role -> role.entity().name())
        .containsExactly("route");
  }

  @Test
  void rolesMayHaveNamesOfTheirOwn() {
    ServicePlan plan =
        plan(
            Map.of("from", "airport", "to", "airport"),
            "from:flights_1d@1",
            "to:flights_1d@1",
            "delay_context:late_ratio@1");

    assertThat(plan.roles())
        .extracting(role -> role.name() + " " + role.entity().name())
        .containsExactlyInAnyOrder("from airport", "to airport", "origin airport", "route route");
  }

  @Test
  void saysWhatLeadsNowhere() {
    assertThatThrownBy(() -> plan(Map.of(), "delay_context:late_ratio@2"))
        .hasMessage("unknown on-demand view 'delay_context@2'; did you mean 'delay_context@1'?");
    assertThatThrownBy(() -> plan(Map.of(), "origin:flihgts_1d@1"))
        .hasMessage("unknown feature 'flihgts_1d@1'; did you mean 'flights_1d@1'?");
    assertThatThrownBy(() -> plan(Map.of(), "airport:flights_1d"))
        .hasMessage(
            "features: 'airport:flights_1d' names no version (expected: role:feature@version; the newest is @1)");
    assertThatThrownBy(() -> plan(Map.of("via", "airprot"), "via:flights_1d@1"))
        .hasMessage("unknown entity 'airprot'; did you mean 'airport'?");
    assertThatThrownBy(() -> plan(Map.of())).hasMessageContaining("there is none");
  }

  private ServicePlan plan(Map<String, String> entities, String... references) {
    return PortablePlan.ofService(
            AdHocService.in(revision, List.of(references), entities), AdHocService.NAME)
        .resolve();
  }
}
