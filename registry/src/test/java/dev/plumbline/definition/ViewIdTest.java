package dev.plumbline.definition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViewIdTest {
  @Test
  void readsWhatItWrites() {
    ViewId id = new ViewId("airport_departures", 12);

    assertThat(ViewId.parse(id.toString())).contains(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "airport", "airport@", "@1", "airport@x", "airport:a@1", "a@1@2"})
  void isNothingElse(String text) {
    assertThat(ViewId.parse(text)).isEmpty();
  }
}
