package dev.plumbline.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.definition.Revision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DependentsTest {
  private static final BuiltDataset BUILT =
      built(
          "offer_training",
          "offers",
          Set.of("spending@2", "takings@1"),
          Set.of("affordable@1"),
          Set.of("buyer:last_code@2", "shop:spend_7d@1", "affordable:share@1"));

  /** Of a service that has moved on since. */
  private static final BuiltDataset OLD =
      built("old_training", "gone", Set.of("spending@1"), Set.of(), Set.of("customer:spend_7d@1"));

  private static BuiltDataset built(
      String name, String service, Set<String> views, Set<String> onDemand, Set<String> features) {
    Instant at = Instant.parse("2026-01-01T00:00:00Z");
    return new BuiltDataset(name, 1, service, "orders", views, onDemand, features, 1234, at);
  }

  @Test
  void followsASourceDownToWhatWasBuiltFromIt() {
    assertThat(drawn("orders"))
        .isEqualTo(
            """
            source orders
              feature_view spending@1
                feature_service old_offers [as customer: spend_7d]
              feature_view spending@2
                on_demand_view affordable@1 [as buyer: spend_7d]
                  feature_service offers [share]
                    dataset offer_training
                      dataset_version offer_training@1 [1,234 rows, built at 2026-01-01T00:00:00Z]
                feature_service offers [as buyer: orders_all, last_code] ...
              feature_view takings@1
                feature_service offers [as shop: spend_7d] ...
              dataset offer_training [its labels] ...
              dataset_version old_training@1 [was built from it, 1,234 rows, built at 2026-01-01T00:00:00Z]
            """);
  }

  @Test
  void aFeatureHasOnlyItsOwnReaders() {
    assertThat(drawn("customer:last_code"))
        .isEqualTo(
            """
            feature customer:last_code@2
              feature_service offers [as buyer: last_code]
                dataset offer_training
                  dataset_version offer_training@1 [1,234 rows, built at 2026-01-01T00:00:00Z]
            """);
  }

  @Test
  void aVersionThatNoServiceReadsAnyMoreStillHasWhatWasBuiltFromIt() {
    Revision without = Shop.with("feature_service: old_offers", "feature_service: other");

    String drawn = drawn(without, "spending@1");

    assertThat(drawn).contains("dataset_version old_training@1 [was built from it");
    assertThat(drawn).doesNotContain("offer_training");
  }

  @Test
  void nothingDependsOnADatasetThatWasNeverBuilt() {
    Item item = item(Shop.revision(), "offer_training");

    Dependent tree = new Dependents(Shop.revision(), List.of()).of(item);

    assertThat(tree.all()).isEmpty();
  }

  /** Beside the tree: whatever refers to a name, by looking at every definition. */
  @Test
  void everyReaderOfEveryFeatureIsInItsTree() {
    Revision shop = Shop.revision();
    for (Item item : new Inventory(shop).items(Kind.FEATURE)) {
      Item.OfFeature feature = (Item.OfFeature) item;
      List<String> readers =
          shop.services().values().stream()
              .filter(
                  service ->
                      service.features().stream()
                          .anyMatch(
                              ref ->
                                  ref.feature().equals(feature.feature().name())
                                      && ref.version() == feature.of().id().version()
                                      && feature
                                          .of()
                                          .entity()
                                          .equals(service.roles().get(ref.role()))))
              .map(service -> service.name())
              .toList();

      Dependent tree = new Dependents(shop, List.of()).of(item);

      assertThat(tree.dependents())
          .as(item.ref())
          .filteredOn(each -> each.kind().equals("feature_service"))
          .extracting(Dependent::ref)
          .containsExactlyElementsOf(readers);
    }
  }

  private static String drawn(String name) {
    return drawn(Shop.revision(), name);
  }

  private static String drawn(Revision revision, String name) {
    Dependent tree = new Dependents(revision, List.of(BUILT, OLD)).of(item(revision, name));
    StringBuilder lines = new StringBuilder();
    draw(tree, "", lines);
    return lines.toString();
  }

  private static void draw(Dependent each, String indent, StringBuilder lines) {
    lines.append(indent).append(each.kind()).append(' ').append(each.ref());
    lines.append(each.how().isEmpty() ? "" : " " + each.how());
    lines.append(each.repeated() ? " ...\n" : "\n");
    each.dependents().forEach(below -> draw(below, indent + "  ", lines));
  }

  private static Item item(Revision revision, String name) {
    var found = (Inventory.Meant.One) new Inventory(revision).find(name, Optional.empty());
    return found.item();
  }
}
