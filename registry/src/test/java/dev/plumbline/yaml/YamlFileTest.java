package dev.plumbline.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.yaml.YamlFile.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlFileTest {
  private final Problems problems = new Problems();

  /** Around the sizes of the parser's own buffers. */
  @ParameterizedTest
  @ValueSource(ints = {1015, 1016, 1017, 1018, 1019, 1020, 1021, 1022, 1023, 1024, 2040, 2048})
  void readsACharacterOfTwoUnitsWhereverItStands(int at) {
    String text = "a: " + "x".repeat(at - 3) + "🙂";

    assertThat(content(text).text("a").orElseThrow()).endsWith("x🙂");
  }

  @Test
  void placesOfALaterDocumentAreThoseOfTheFile() {
    String text = "a: 1\n---\n# 🙂\nb: \"c\\\n  d\"\n";

    Scalar scalar = content(text, 1).find("b").flatMap(YamlValue::scalar).orElseThrow();

    assertThat(scalar.where()).isEqualTo(new Where("a.yaml", 4, 4));
    assertThat(scalar.where(1)).isEqualTo(new Where("a.yaml", 5, 3));
  }

  @Test
  void passesOverDocumentsThatAreEmpty() {
    assertThat(
            new YamlFile("a.yaml", "---\n---\n# nothing\n---\na: 1\n---\n", problems).documents())
        .hasSize(1);
    assertThat(problems.count()).isZero();
  }

  private YamlMapping content(String text) {
    return content(text, 0);
  }

  private YamlMapping content(String text, int document) {
    return ((Document.Parsed) new YamlFile("a.yaml", text, problems).documents().get(document))
        .content();
  }
}
