package dev.plumbline.definition.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.yaml.FlightsExample;
import dev.plumbline.type.Bytes;
import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.ArrayOf;
import dev.plumbline.type.DataType.Decimal;
import dev.plumbline.type.DataType.Primitive;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RevisionJsonTest {
  @Test
  void readsBackWhatItWrote() {
    Revision revision = FlightsExample.revision();

    Revision back = RevisionJson.read(RevisionJson.write(revision));

    assertThat(back).isEqualTo(revision);
    assertThat(RevisionJson.write(back)).isEqualTo(RevisionJson.write(revision));
  }

  @Test
  void readsBackAWindowOverAll() {
    Revision revision =
        FlightsExample.load(FlightsExample.text().replace("window: 30d", "window: all"));

    assertThat(RevisionJson.write(revision)).contains("\"window\":\"all\"");
    assertThat(RevisionJson.read(RevisionJson.write(revision))).isEqualTo(revision);
  }

  @Test
  void readsBackASplitByAnEntity() {
    Revision revision =
        FlightsExample.load(
            FlightsExample.text().replace("{by: time, train", "{by: route, seed: 7, train"));

    assertThat(RevisionJson.write(revision)).contains("\"split\":{\"by\":\"route\",\"seed\":7");
    assertThat(RevisionJson.read(RevisionJson.write(revision))).isEqualTo(revision);
  }

  @Test
  void writesASplitByTimeAsItAlwaysDid() {
    assertThat(RevisionJson.write(FlightsExample.revision())).contains("\"split\":{\"train\":0.7");
  }

  @Test
  void readsBackOwnersDescriptionsAndQueries() {
    Revision revision =
        FlightsExample.load(
            FlightsExample.text()
                    .replace(
                        "on_demand_view: delay_context",
                        "owner: ops\ndescription: 100 % of \"it\"\non_demand_view: delay_context")
                    .replace(
                        "service: delay_model\nlabels", "owner: ml\nservice: delay_model\nlabels")
                + """
                ---
                source: bookings
                format: jdbc
                url: jdbc:postgresql://db/bookings
                query: select * from booking
                event_time: booked_at
                owner: sales
                description: What was booked.
                columns: [{name: booked_at, type: timestamp}]
                """);

    assertThat(RevisionJson.read(RevisionJson.write(revision))).isEqualTo(revision);
    assertThat(revision.sources().get("bookings").query()).contains("select * from booking");
    assertThat(revision.datasets().get("delay_training").about().owner()).contains("ml");
  }

  @Test
  void isTheSameInAnyOrderOfDocuments() {
    String expected = RevisionJson.fingerprint(FlightsExample.revision());
    List<String> documents = new ArrayList<>(List.of(FlightsExample.text().split("---\n")));
    for (int seed = 0; seed < 5; seed++) {
      Collections.shuffle(documents, new Random(seed));

      Revision shuffled = FlightsExample.load(String.join("\n---\n", documents));

      assertThat(RevisionJson.fingerprint(shuffled)).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void isTheSameInAnyOrderOfFeaturesAndColumns() {
    String text = FlightsExample.text();
    String latitude = "{name: latitude, expr: latitude}";
    String longitude = "{name: longitude, expr: longitude}";
    String reordered =
        text.replace(latitude + ", " + longitude, longitude + ", " + latitude)
            .replace("  - {name: iata, type: string}\n", "")
            .replace(
                "expr: cast(longitude as double)}",
                "expr: cast(longitude as double)}\n  - {name: iata, type: string}");
    assertThat(reordered).isNotEqualTo(text);

    assertThat(RevisionJson.write(FlightsExample.load(reordered)))
        .isEqualTo(RevisionJson.write(FlightsExample.revision()));
  }

  @Test
  void readsBackADefaultOfEveryType() {
    Map<DataType, Object> values = new LinkedHashMap<>();
    values.put(Primitive.BOOLEAN, true);
    values.put(Primitive.INT, Integer.MIN_VALUE);
    values.put(Primitive.BIGINT, Long.MAX_VALUE);
    values.put(Primitive.FLOAT, Float.NaN);
    values.put(Primitive.DOUBLE, Double.NEGATIVE_INFINITY);
    values.put(Primitive.STRING, "a \"b\" ü");
    values.put(Primitive.BINARY, Bytes.copyOf(new byte[] {0, -1}));
    values.put(Primitive.DATE, LocalDate.of(1969, 12, 31));
    values.put(Primitive.TIMESTAMP, Instant.parse("2256-01-01T00:00:00.000001Z"));
    values.put(new Decimal(10, 2), new BigDecimal("-0.10"));
    values.put(new ArrayOf(Primitive.FLOAT), List.of(0.1f, -1f));

    values.forEach(
        (type, value) ->
            assertThat(ValueJson.read(ValueJson.write(type, value)))
                .as("%s", type)
                .isEqualTo(value));
  }

  @Test
  void refusesAnotherFormat() {
    assertThatThrownBy(() -> RevisionJson.read("{\"format\":\"plumbline.revision.v9\"}"))
        .hasMessage(
            "a registry revision of format 'plumbline.revision.v9' (expected: plumbline.revision.v1); use the version of Plumbline that applied it, or apply it again");
  }

  @Test
  void keepsADefaultUnderItsReference() {
    Revision back = RevisionJson.read(RevisionJson.write(FlightsExample.revision()));

    assertThat(back.services().get("delay_model").defaults())
        .containsEntry(new FeatureRef("destination", "flights_1d", 1), 0L);
  }
}
