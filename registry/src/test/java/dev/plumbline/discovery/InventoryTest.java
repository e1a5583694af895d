package dev.plumbline.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.failure.NotFoundException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InventoryTest {
  private final Inventory inventory = new Inventory(Shop.revision());

  @ParameterizedTest
  @CsvSource({
    "customer, entity customer",
    "orders, source orders",
    "spending, feature view spending@2",
    "spending@1, feature view spending@1",
    "customer:spend_7d, feature customer:spend_7d@2",
    "customer:spend_7d@1, feature customer:spend_7d@1",
    "buyer:spend_7d, feature customer:spend_7d@2",
    "spending:spend_7d@1, feature customer:spend_7d@1",
    "orders_all, feature customer:orders_all@2",
    "last_code@2, feature customer:last_code@2",
    "affordable, on-demand view affordable@1",
    "affordable:share, on-demand feature affordable:share@1",
    "share, on-demand feature affordable:share@1",
    "offers, service offers",
    "offer_training, dataset offer_training"
  })
  void findsWhatAPersonWouldWrite(String written, String meant) {
    Inventory.Meant found = inventory.find(written, Optional.empty());

    assertThat(found)
        .isInstanceOfSatisfying(
            Inventory.Meant.One.class,
            one -> assertThat(one.item().kind() + " " + one.item().ref()).isEqualTo(meant));
  }

  @Test
  void aNameOfTwoFeaturesMeansBoth() {
    Inventory.Meant found = inventory.find("spend_7d", Optional.empty());

    assertThat(refs(found)).containsExactly("customer:spend_7d@2", "shop:spend_7d@1");
  }

  @Test
  void aNameOfTwoKindsMeansBothUnlessOneIsAskedFor() {
    Inventory both = new Inventory(Shop.with("dataset: offer_training", "dataset: offers"));

    assertThat(refs(both.find("offers", Optional.empty()))).hasSize(2);
    assertThat(both.find("offers", Optional.of(Kind.DATASET)))
        .isInstanceOf(Inventory.Meant.One.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spendin | nothing is called 'spendin'; did you mean 'spending'?",
        "custmer:spend_7d | nothing is called 'custmer:spend_7d'; did you mean 'customer:spend_7d'?",
        "order_all | nothing is called 'order_all'; did you mean 'orders_all'?",
        "spending@3 | nothing is called 'spending@3' (known: spending@1, spending@2)",
        "customer:spend_7d@9 | nothing is called 'customer:spend_7d@9' (known: customer:spend_7d@1, customer:spend_7d@2)",
        "weather | nothing is called 'weather'; plumb list shows what there is, plumb search finds it by a word"
      })
  void tellsWhatIsCalledNearlySo(String written, String told) {
    assertThatThrownBy(() -> inventory.find(written, Optional.empty()))
        .isInstanceOf(NotFoundException.class)
        .hasMessage(told);
  }

  @Test
  void kindsAreReadInAnyForm() {
    assertThat(List.of("view", "views", "feature_view", "Feature-Views"))
        .allSatisfy(text -> assertThat(Kind.parse(text)).contains(Kind.FEATURE_VIEW));
    assertThat(Kind.parse("on_demand_feature")).contains(Kind.ON_DEMAND_FEATURE);
    assertThat(Kind.parse("feature_services")).contains(Kind.FEATURE_SERVICE);
    assertThat(Kind.parse("thing")).isEmpty();
  }

  private static List<String> refs(Inventory.Meant found) {
    return ((Inventory.Meant.Several) found).items().stream().map(Item::ref).toList();
  }
}
