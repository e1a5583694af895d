package dev.plumbline.offline.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.definition.Source;
import dev.plumbline.failure.UnavailableException;
import dev.plumbline.project.Login;
import dev.plumbline.registry.TestingPostgres;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources in a real PostgreSQL. */
class DatabaseSourceIT {
  private static final String COLUMNS =
      """
      event_time: at
      columns:
        - {name: id, type: bigint}
        - {name: at, type: timestamp}
        - {name: local, type: timestamp}
        - {name: price, type: "decimal(10,2)"}
        - {name: sold, type: boolean}
        - {name: day, type: date}
        - {name: share, type: double}
        - {name: bytes, type: binary}
        - {name: words, type: array<string>}
        - {name: scores, type: array<double>}
        - {name: code, type: string}
      """;

  @TempDir static Path folder;
  private static SourceBench bench;
  private static TestingPostgres.Database database;

  @BeforeAll
  static void open() throws SQLException {
    bench = new SourceBench(folder);
    database = TestingPostgres.shared().createDatabase();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          create table orders (
            id int, at timestamptz, local timestamp, price numeric(10,2), sold boolean, day date, share real,
            bytes bytea, words text[], scores double precision[], code uuid, anything json)
          """);
      statement.execute(
          """
          insert into orders values
            (1, '2026-03-01 11:00:00.123456+01', '2026-07-01 12:00:00', 12.50, true, '2026-03-01', 0.5,
             '\\x00ff', '{a,"b, c",null}', '{1.5,2}', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '{}'),
            (2, null, null, null, null, null, null, null, null, '{}', null, null)
          """);
    }
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  @Test
  void readsATableWithItsTypes() {
    SourceRows read = reader(known()).open(jdbc("table: orders\nzone: Europe/Berlin\n" + COLUMNS));

    Row first =
        bench.rows(read, "*").stream()
            .filter(row -> row.getLong(row.fieldIndex("id")) == 1)
            .findFirst()
            .orElseThrow();

    assertThat(first.<Instant>getAs("at")).isEqualTo("2026-03-01T10:00:00.123456Z");
    assertThat(first.<Instant>getAs("local")).isEqualTo("2026-07-01T10:00:00Z");
    assertThat(first.<BigDecimal>getAs("price")).isEqualTo("12.50");
    assertThat(first.<Boolean>getAs("sold")).isTrue();
    assertThat(first.<LocalDate>getAs("day")).isEqualTo("2026-03-01");
    assertThat(first.<Double>getAs("share")).isEqualTo(0.5);
    assertThat(first.<byte[]>getAs("bytes")).containsExactly(0, 0xff);
    assertThat(first.<String>getList(first.fieldIndex("words"))).containsExactly("a", "b, c", null);
    assertThat(first.<Double>getList(first.fieldIndex("scores"))).containsExactly(1.5, 2.0);
    assertThat(first.<String>getAs("code")).isEqualTo("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
    assertThat(read.rows().count()).isEqualTo(2);
    assertThat(read.withoutTime()).isOne();
  }

  @Test
  void readsAQueryInTheDatabasesOwnWords() {
    SourceRows read =
        reader(known())
            .open(
                jdbc(
                    """
                    query: select distinct on (id) id, at, unnest(scores)::float4 as score from orders order by id, score desc
                    event_time: at
                    columns: [{name: id, type: bigint}, {name: at, type: timestamp}, {name: score, type: double}]
                    """));

    assertThat(bench.rows(read, "id", "score"))
        .extracting(Row::toString)
        .containsExactly("[1,2.0]");
  }

  @Test
  void namesColumnsThatAreMissingOrRetypedAndQueriesThatAreRefused() {
    String columns =
        "event_time: at\ncolumns: [{name: at, type: timestamp}, {name: price, type: int}, {name: gone, type: int}]\n";

    assertThatThrownBy(() -> reader(known()).open(jdbc("table: orders\n" + columns)))
        .hasMessage(
            """
            source 'orders' at %s:
              column 'gone' (int) is missing; the data has id, at, local, price, sold, day, share, bytes, words, scores, code, anything
              column 'price' is decimal(10,2) (declared: int); declare that type, or cast it: expr: "cast(price as int)\""""
                .formatted(database.address()));
    assertThatThrownBy(
            () ->
                reader(known()).open(jdbc("query: |\n  select id,\n  att from orders\n" + columns)))
        .isInstanceOf(SourceMismatchException.class)
        .hasMessage(
            "source 'orders' at %s:\n  query:2:1: the database says: ERROR: column \"att\" does not exist"
                .formatted(database.address()));
    assertThatThrownBy(() -> reader(known()).open(jdbc("table: nothing\n" + columns)))
        .isInstanceOf(SourceMismatchException.class)
        .hasMessageContaining("the database says: ERROR: relation \"nothing\" does not exist");
  }

  @Test
  void saysThatTheDatabaseDoesNotLetUsInWithoutThePassword() {
    Login wrong = new Login(Optional.of(database.user()), Optional.of("not the secret"));

    assertThatThrownBy(() -> reader(Optional.of(wrong)).open(jdbc("table: orders\n" + COLUMNS)))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("source 'orders': the database does not let us in:")
        .hasMessageContaining("see its url, and its user and password under bind in plumb.yaml")
        .hasMessageNotContaining("not the secret");
  }

  private static Optional<Login> known() {
    return Optional.of(new Login(Optional.of(database.user()), Optional.of(database.password())));
  }

  private static SourceReader reader(Optional<Login> login) {
    return bench.reader(
        new SourcePlaces() {
          @Override
          public List<String> of(Source source) {
            return List.of(database.address());
          }

          @Override
          public Optional<Login> login(Source source) {
            return login;
          }
        });
  }

  private static Source jdbc(String yaml) {
    return SourceBench.source("format: jdbc\nurl: jdbc:postgresql://somewhere/else\n" + yaml);
  }
}
