package dev.plumbline.definition.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.definition.Revision;
import dev.plumbline.definition.Source;
import dev.plumbline.definition.Source.BadRows;
import dev.plumbline.definition.json.RevisionJson;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SourceReaderTest {
  private static final String REST = "event_time: at\ncolumns: [{name: at, type: timestamp}]\n";

  @Test
  void keepsQueryTableAndBadRowsInARevision() {
    Revision revision =
        load(
            "format: csv\npath: x\nbad_rows: quarantine\nquery: select * from raw\n"
                + REST
                + "---\nsource: t\nformat: jdbc\nurl: jdbc:postgresql://h/d\ntable: sales.orders\n");

    Revision again = RevisionJson.read(RevisionJson.write(revision));

    Source text = again.source("s");
    assertThat(again).isEqualTo(revision);
    assertThat(text.query()).contains("select * from raw");
    assertThat(text.badRows()).isEqualTo(BadRows.QUARANTINE);
    assertThat(again.source("t").table()).contains("sales.orders");
    assertThat(again.source("t").badRows()).isEqualTo(BadRows.FAIL);
  }

  private static Revision load(String source) {
    return new DefinitionLoader("shop")
        .load(new TreeMap<>(Map.of("s.yaml", "source: s\n" + source + REST)));
  }
}
