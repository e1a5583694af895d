package dev.plumbline.definition.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.definition.InvalidDefinitionsException;
import dev.plumbline.definition.Problem;
import dev.plumbline.definition.Revision;
import dev.plumbline.definition.Source;
import dev.plumbline.definition.Source.BadRows;
import dev.plumbline.definition.json.RevisionJson;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a source says of its place, its query and its bad rows. */
class SourceProblemsTest {
  private static final String REST = "event_time: at\ncolumns: [{name: at, type: timestamp}]\n";

  @ParameterizedTest(name = "{1}")
  @MethodSource("slips")
  void saysWhereWhatAndWhatToDo(String source, String problem) {
    InvalidDefinitionsException invalid =
        catchThrowableOfType(InvalidDefinitionsException.class, () -> load(source));

    assertThat(invalid).isNotNull();
    assertThat(invalid.problems()).extracting(Problem::toString).containsExactly(problem);
  }

  static Stream<Arguments> slips() {
    return Stream.of(
        Arguments.of(
            "format: parquet\npath: x\nquery: |\n  select at,\n    rand() r\n  from raw\n",
            "s.yaml:6:5: query: function 'rand' is unknown or not allowed (did you mean rank?; expected: one that gives the same for the same rows, in whatever order)"),
        Arguments.of(
            "format: iceberg\ntable: x\nquery: select * from other\n",
            "s.yaml:4:22: query: table 'other' is not allowed (expected: raw, the rows of the source itself)"),
        Arguments.of(
            "format: jdbc\nurl: jdbc:postgresql://h/d\nquery: select * from t where at < now()\n",
            "s.yaml:4:35: query: 'now' gives other rows each time (expected: rows that depend on the data alone); write the value, or do without"),
        Arguments.of(
            "format: jdbc\nurl: jdbc:postgresql://h/d\ntable: t\nquery: select * from t\n",
            "s.yaml:4:8: both 'table' and 'query' (expected: one of them); remove one"),
        Arguments.of(
            "format: jdbc\nurl: jdbc:postgresql://h/d\n",
            "s.yaml:1:1: neither 'table' nor 'query' says what to read of the database (expected: one of them); add it, for example table: flights"),
        Arguments.of(
            "format: jdbc\nurl: jdbc:postgresql://h/d?user=u&password=hush\ntable: t\n",
            "s.yaml:3:6: url: a password in a file that is shared; take it out, and name an environment variable or a file that holds it: bind: {SOURCE: {user: NAME, password_env: VARIABLE}} in plumb.yaml, or password_file"),
        Arguments.of(
            "format: jdbc\nurl: postgresql://h/d\ntable: t\n",
            "s.yaml:3:6: url: 'postgresql://h/d' is not a JDBC address (expected: for example jdbc:postgresql://host/database)"),
        Arguments.of(
            "format: parquet\npath: x\nbad_rows: quarantine\n",
            "s.yaml:4:11: bad_rows with format parquet (expected: csv or json); remove it: values that have a type are never bad"),
        Arguments.of(
            "format: csv\npath: x\nbad_rows: skip\n",
            "s.yaml:4:11: unknown bad_rows 'skip'; expected one of: fail, quarantine"));
  }

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
