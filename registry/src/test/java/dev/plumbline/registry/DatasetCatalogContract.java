package dev.plumbline.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.failure.ConflictException;
import dev.plumbline.failure.NotFoundException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a catalogue of datasets promises, on whichever database. */
abstract class DatasetCatalogContract {
  /** The same database of one test, opened anew. */
  abstract MetadataDatabase open();

  private DatasetCatalog catalog() {
    return new DatasetCatalog(open(), "flights");
  }

  private static DatasetVersion dataset(String name, int version) {
    Instant at = Instant.parse("2001-03-01T00:00:00.000001Z");
    return new DatasetVersion(name, version, "{\"rows\":1}", "abc", "data/" + version, at);
  }

  @Test
  void keepsEveryVersion() {
    catalog().add(dataset("delays", 1));
    catalog().add(dataset("delays", 2));
    catalog().add(dataset("others", 1));

    assertThat(catalog().versions("delays"))
        .containsExactly(dataset("delays", 1), dataset("delays", 2));
    assertThat(catalog().newest("delays")).contains(dataset("delays", 2));
    assertThat(catalog().nextVersion("delays")).isEqualTo(3);
    assertThat(catalog().nextVersion("new")).isEqualTo(1);
    assertThat(catalog().all()).hasSize(3);
  }

  @Test
  void refusesAVersionThatExists() {
    catalog().add(dataset("delays", 1));

    assertThatThrownBy(() -> catalog().add(dataset("delays", 1)))
        .isInstanceOf(ConflictException.class)
        .hasMessage(
            "dataset 'delays' has a version 1 already, and versions never change; build the next one");
  }

  @Test
  void takesAVersionFromOneOfMany() throws Exception {
    List<String> outcomes =
        AtOnce.call(
            8,
            each -> {
              try {
                catalog().add(dataset("delays", 1));
                return "added";
              } catch (ConflictException e) {
                return "refused";
              }
            });

    assertThat(outcomes).filteredOn("added"::equals).hasSize(1);
    assertThat(outcomes).filteredOn("refused"::equals).hasSize(7);
  }

  @Test
  void saysWhichVersionsThereAre() {
    catalog().add(dataset("delays", 1));

    assertThatThrownBy(() -> catalog().load("delays", 7))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("dataset 'delays' has no version 7 (built so far: [1])");
  }
}
