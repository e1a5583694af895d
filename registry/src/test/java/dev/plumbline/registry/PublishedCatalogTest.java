package dev.plumbline.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.definition.About;
import dev.plumbline.definition.Entity;
import dev.plumbline.definition.FeatureView;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.Window;
import dev.plumbline.timeline.ViewTiming;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PublishedCatalogTest {
  private static final ViewId VIEW = new ViewId("user_spend", 2);

  @Test
  void isReadBackAsItWasWritten() {
    PublishedCatalog catalog = PublishedCatalog.of(revision(), view -> 7);

    PublishedCatalog read = PublishedCatalog.read(catalog.write());

    assertThat(read).isEqualTo(catalog);
    assertThat(read.shortIds()).containsExactly(Map.entry(VIEW, 7));
    assertThat(read.write()).isEqualTo(catalog.write());
  }

  @Test
  void refusesAViewWithoutShortId() {
    assertThatThrownBy(() -> new PublishedCatalog(revision(), new TreeMap<>()))
        .hasMessage("view user_spend@2 has no short id; apply the definitions again");
  }

  @Test
  void refusesAnotherFormat() {
    assertThatThrownBy(() -> PublishedCatalog.read("{}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a catalog of format '' (expected: plumbline.catalog.v1)");
  }

  private static Revision revision() {
    FeatureView view =
        new FeatureView(
            VIEW,
            "user",
            "orders",
            Map.of("id", "user_id"),
            new ViewTiming(
                ViewTiming.Shape.WINDOWED, Duration.ofHours(1), Duration.ZERO, Optional.empty()),
            About.NOTHING,
            List.of(
                new FeatureView.Feature(
                    "spend",
                    "sum(amount)",
                    Optional.of(new Window.Last(Duration.ofDays(1))),
                    Primitive.DOUBLE,
                    About.NOTHING)));
    return new Revision(
        "shop",
        new TreeMap<>(
            Map.of("user", new Entity("user", List.of(new Field("id", Primitive.BIGINT))))),
        new TreeMap<>(),
        new TreeMap<>(Map.of(VIEW, view)),
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>());
  }
}
