package dev.plumbline.definition.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.yaml.schema.Judge;
import org.junit.jupiter.api.Test;

/** The schema that editors read takes what the readers take. */
class DefinitionSchemaTest {
  private static final Judge JUDGE = new Judge(DefinitionSchema.json());

  @Test
  void takesTheExample() {
    assertThat(JUDGE.complaints(FlightsExample.text())).isEmpty();
  }
}
