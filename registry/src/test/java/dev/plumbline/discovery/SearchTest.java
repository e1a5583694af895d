package dev.plumbline.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.discovery.Search.Hit;
import dev.plumbline.discovery.Search.Place;
import java.util.List;
import org.junit.jupiter.api.Test;

class SearchTest {
  private final Search search = new Search(new Inventory(Shop.revision()));

  @Test
  void aNameComesBeforeWhateverElseIsWritten() {
    List<Hit> hits = search.find(List.of("amount"));

    assertThat(hits).extracting(Hit::place).startsWith(Place.COLUMN).contains(Place.EXPRESSION);
    assertThat(hits.get(0).item().ref()).isEqualTo("orders");
  }

  @Test
  void aWholeWordComesBeforeAPart() {
    List<Hit> hits = search.find(List.of("offers"));

    assertThat(hits).extracting(hit -> hit.item().ref()).containsExactly("offers", "old_offers");
  }

  @Test
  void tellsWhereTheWordStandsInAnyLetterCase() {
    Hit hit = search.find(List.of("EUROS")).get(0);

    assertThat(hit.place()).isEqualTo(Place.DESCRIPTION);
    assertThat(hit.text().substring(hit.from(), hit.from() + hit.length())).isEqualTo("Euros");
  }

  @Test
  void findsTagsAndOwners() {
    assertThat(search.find(List.of("money")))
        .extracting(hit -> hit.item().ref(), Hit::place)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("spending@2", Place.TAG));
    assertThat(search.find(List.of("crm"))).extracting(Hit::place).containsExactly(Place.OWNER);
  }

  @Test
  void allWordsMustBeThere() {
    assertThat(search.find(List.of("spend", "week")))
        .extracting(hit -> hit.item().ref())
        .containsExactly("customer:spend_7d@2");
    assertThat(search.find(List.of("spend", "nowhere"))).isEmpty();
  }
}
