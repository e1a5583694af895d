package dev.plumbline.definition.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.definition.Lifecycle;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.json.RevisionJson;
import org.junit.jupiter.api.Test;

/** The example that uses every key. */
class ShopExampleTest {
  private final Revision revision = FlightsExample.load(FlightsExample.resource("shop.yaml"));

  @Test
  void isReadAndKept() {
    assertThat(RevisionJson.read(RevisionJson.write(revision))).isEqualTo(revision);
  }

  @Test
  void saysWhatIsRetiredAndHowToFindIt() {
    assertThat(revision.view(new ViewId("customer_orders", 1)).lifecycle())
        .isEqualTo(Lifecycle.RETIRED);
    assertThat(revision.view(new ViewId("customer_orders", 2)).lifecycle())
        .isEqualTo(Lifecycle.ACTIVE);
    assertThat(revision.services().get("old_model").lifecycle()).isEqualTo(Lifecycle.RETIRED);
    assertThat(revision.entity("customer").about().tags()).containsExactly("core", "people");
  }
}
