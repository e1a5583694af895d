package dev.plumbline.definition.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.definition.Revision;
import dev.plumbline.definition.ViewId;
import dev.plumbline.definition.yaml.CustomersExample;
import dev.plumbline.definition.yaml.FlightsExample;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How definitions are written leaves every fingerprint alone. {@code ReformattingIT}: often. */
class ReformattingTest {
  private static final int A_FEW = 10;

  @Test
  void flightsMeanTheSame() {
    check(FlightsExample.text(), A_FEW);
  }

  @Test
  void aShopMeansTheSame() {
    check(CustomersExample.text(), A_FEW);
  }

  static void check(String text, int reformattings) {
    Map<String, String> expected = fingerprints(CustomersExample.load(text));
    for (int seed = 0; seed < reformattings; seed++) {
      SortedMap<String, String> files = new Reformatting(new Random(seed)).of(text);

      Map<String, String> actual = fingerprints(CustomersExample.load(files));

      assertThat(actual).as("seed %d: %s", seed, files).isEqualTo(expected);
    }
  }

  /** Of views and features, of their meanings and metadata. */
  static SortedMap<String, String> fingerprints(Revision revision) {
    SortedMap<String, String> all = new TreeMap<>();
    Meaning.of(revision)
        .forEach(
            (id, meaning) -> {
              all.put(id.toString(), meaning.fingerprint());
              meaning.features().forEach((name, print) -> all.put(of(id, name), print));
            });
    Metadata.of(revision)
        .forEach(
            (id, metadata) -> {
              all.put("about " + id, metadata.fingerprint());
              metadata.features().forEach((name, print) -> all.put("about " + of(id, name), print));
            });
    return all;
  }

  private static String of(ViewId id, String feature) {
    return id + "." + feature;
  }
}
