package dev.plumbline.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.definition.Revision;
import dev.plumbline.definition.json.RevisionJson;
import dev.plumbline.definition.yaml.FlightsExample;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionTextTest {
  @Test
  void readingTheTextOfTheFlightsGivesThemBack() {
    Revision flights = FlightsExample.revision();

    String file = DefinitionText.file(flights);

    assertThat(RevisionJson.write(FlightsExample.load(file)))
        .isEqualTo(RevisionJson.write(flights));
  }

  @Test
  void readingTheTextOfTheShopGivesItBack() {
    Revision shop = Shop.revision();

    String file = DefinitionText.file(shop);

    assertThat(RevisionJson.write(FlightsExample.load(file))).isEqualTo(RevisionJson.write(shop));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "12",
        "null",
        "~",
        "a: b",
        "# not a comment",
        "- x",
        "{x}",
        "it's \\\"quoted\\\"",
        "  blanks  ",
        "100 %",
        "@home",
        "&anchor",
        "ends with:",
        "ünï 漢字",
        "tab\\there"
      })
  void aDescriptionReadsBackWhateverItSays(String text) {
    Revision shop = Shop.with("What was bought.", "\"" + text + "\"");

    String file = DefinitionText.file(shop);

    assertThat(RevisionJson.write(FlightsExample.load(file))).isEqualTo(RevisionJson.write(shop));
  }

  @Test
  void looksAsPeopleWriteIt() {
    Revision shop = Shop.revision();
    var found = (Inventory.Meant.One) new Inventory(shop).find("spending", Optional.empty());

    String text = new DefinitionText(shop).yaml(found.item());

    assertThat(text)
        .isEqualTo(
            """
            feature_view: spending
            version: 2
            entity: customer
            source: orders
            keys: {id: customer}
            every: 30m
            availability_lag: 5m
            max_age: 2d
            owner: growth
            tags: [money]
            features:
              - {name: last_code, expr: last(code), window: 90s}
              - {name: orders_all, expr: count(*), window: all}
              - {name: spend_7d, expr: sum(amount), window: 7d, description: 'Euros: all of them, in a week.'}
            expect:
              - rows: {min: 1, max: 10}
              - freshness: 3h
              - nulls: {feature: spend_7d, max_share: 0.25}
              - range: {feature: last_code, min: '0', max: '9', max_share: 0}
              - range: {feature: spend_7d, min: -1.5, max_share: 0}"""
                .stripIndent());
  }

  @Test
  void aFeatureIsItsLine() {
    Revision shop = Shop.revision();
    var found =
        (Inventory.Meant.One) new Inventory(shop).find("affordable:share", Optional.empty());

    String text = new DefinitionText(shop).yaml(found.item());

    assertThat(text).isEqualTo("name: share\nexpr: price / nullif(buyer.spend_7d, 0)");
  }
}
