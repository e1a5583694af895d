package dev.plumbline.offline.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.definition.InvalidDefinitionsException;
import dev.plumbline.definition.Problem;
import dev.plumbline.definition.yaml.DefinitionLoader;
import dev.plumbline.offline.WarehouseCatalog;
import dev.plumbline.offline.source.DataCheck.Unchecked;
import dev.plumbline.registry.RawSchema;
import dev.plumbline.registry.TestingPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What declared columns, their expressions and queries come to over real data, and where it is
 * told.
 */
class DataCheckIT {
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  private static final String ORDERS =
      """
      entity: customer
      keys: [{name: id, type: bigint}]
      ---
      source: orders
      format: json
      path: orders.json
      event_time: at
      columns:
        - {name: customer, type: bigint, expr: cast(customer as bigint)}
        - {name: amount, type: double}
        - {name: city, type: string, expr: upper(address.city)}
        - name: at
          type: timestamp
          expr: >
            to_timestamp(
              ordered_at)
      ---
      feature_view: spending
      version: 1
      entity: customer
      source: orders
      keys: {id: customer}
      every: 1h
      features: [{name: spent, expr: sum(amount), window: 1d}]
      """;

  private static final String LINES =
      "{\"customer\": 1, \"amount\": 2.5, \"address\": {\"city\": \"Rome\"}, \"ordered_at\": \"2026-02-01\"}\n";

  @TempDir Path folder;
  private final List<Unchecked> unchecked = new ArrayList<>();
  private final Map<String, RawSchema> recorded = new TreeMap<>();

  @Test
  void takesWhatARunTakes() {
    write("orders.json", LINES);

    assertThat(problems(ORDERS)).isEmpty();
    assertThat(unchecked).isEmpty();
  }

  @Test
  void tellsEverythingThatIsWrongInOneListWithItsPlace() {
    write("orders.json", LINES);

    assertThat(
            problems(
                ORDERS
                    .replace("name: amount, type: double", "name: amounts, type: double")
                    .replace("address.city", "address.town")
                    .replace("cast(customer as bigint)", "cast(customer as int) + rand()")
                    .replace("        ordered_at)", "        orderd_at)")
                    .replace("sum(amount)", "sum(amont)")))
        .containsExactly(
            "shop.yaml:9:66: expr: 'rand' gives another value each time (expected: values that depend on the data alone) [not-allowed]",
            "shop.yaml:10:12: column 'amounts' (double) is missing; did you mean 'amount'? the data has address, amount, customer, ordered_at [missing-column]",
            "shop.yaml:11:44: expr: no such struct field town in city; write it in another way [bad-expression]",
            "shop.yaml:16:9: expr: unknown column 'orderd_at' (expected: one of address, amount, customer, ordered_at); did you mean 'ordered_at'? [unknown-column]",
            "shop.yaml:24:36: expr: unknown column 'amont' (expected: one of amounts, at, city, customer); did you mean 'amounts'? [unknown-column]");
  }

  @Test
  void tellsWhatIsOfAnotherType() {
    write("orders.json", LINES);

    assertThat(
            problems(
                ORDERS
                    .replace("upper(address.city)", "address")
                    .replace("cast(customer as bigint)", "cast(customer as double)")))
        .containsExactly(
            "shop.yaml:9:28: column 'customer' is double (declared: bigint); declare that type, or cast it: expr: \"cast(cast(customer as double) as bigint)\" [type-mismatch]",
            "shop.yaml:11:24: column 'city' is struct<city: string> (declared: string); name the part that is meant: expr: address.city; or take its text: expr: to_json(address) [type-mismatch]");
  }

  @Test
  void holdsColumnsAgainstWhatAQueryMakes() {
    write("orders.json", LINES);
    String query =
        """
        query: |
          select customer, amount, explode(split(address.city, ' ')) as word,
                 ordered_at from raw
        """;
    String queried = ORDERS.replace("event_time: at\n", query + "event_time: at\n");

    assertThat(problems(queried.replace("upper(address.city)", "word"))).isEmpty();
    assertThat(problems(queried))
        .containsExactly(
            "shop.yaml:14:44: expr: unknown column 'address.city' (expected: one of customer, amount, word, ordered_at) [unknown-column]");
    assertThat(problems(queried.replace("         ordered_at from", "         orderd_at from")))
        .containsExactly(
            "shop.yaml:9:10: query: unknown column 'orderd_at' (expected: one of address, amount, customer, ordered_at); did you mean 'ordered_at'? [unknown-column]");
  }

  @Test
  void tellsWhatIsWrongWithFiles() {
    write("orders/a.csv", "customer,amount,ordered_at\n");
    write("orders/b.csv", "customer,ordered_at,amount\n");
    write("raw/x.parquet", "no Parquet at all, however long it may be");

    assertThat(problems(ORDERS.replace("json\npath: orders.json", "csv\npath: orders")))
        .singleElement()
        .asString()
        .startsWith("shop.yaml:6:7: source 'orders': ")
        .contains("b.csv: its CSV header is customer, ordered_at, amount (expected: ")
        .endsWith(" [source-mismatch]");
    assertThat(problems(ORDERS.replace("json\npath: orders.json", "parquet\npath: raw")))
        .singleElement()
        .asString()
        .startsWith("shop.yaml:6:7: source 'orders': ")
        .contains("x.parquet cannot be read: ", "is not a Parquet file");
  }

  @Test
  void passesOverWhatCannotBeReached() {
    assertThat(problems(ORDERS)).isEmpty();
    assertThat(unchecked)
        .containsExactly(
            new Unchecked("orders", "there is nothing at %s/orders.json".formatted(folder)));
  }

  @Test
  void onlyWarnsOfWhatMayBeInTheRest() {
    write("orders.json", LINES.repeat(10_001) + "{\"late\": 1}\n");

    assertThat(
            problems(
                ORDERS
                    .replace("name: amount, type: double", "name: late, type: double")
                    .replace("sum(amount)", "sum(late)")))
        .isEmpty();
    assertThat(unchecked)
        .containsExactly(
            new Unchecked(
                "orders",
                "shop.yaml:10:12: column 'late' (double) is missing; the data has address, amount, customer, ordered_at (seen: the first 10,000 lines)"));
  }

  @Test
  void holdsThemAgainstWhatWasRecorded() {
    write("orders.json", LINES);
    problems(ORDERS);
    delete("orders.json");
    SourceSight memory = new RecordedSight(name -> Optional.ofNullable(recorded.get(name)));

    assertThat(problems(ORDERS, memory)).isEmpty();
    assertThat(unchecked).isEmpty();
    assertThat(problems(ORDERS.replace("address.city", "address.town"), memory))
        .containsExactly(
            "shop.yaml:11:44: expr: no such struct field town in city; write it in another way [bad-expression]");
    assertThat(problems(ORDERS.replace("format: json", "format: csv"), memory)).isEmpty();
    assertThat(unchecked)
        .containsExactly(
            new Unchecked(
                "orders",
                "its format or query is another than when an apply saw it last, at " + NOW));
  }

  @Test
  void tellsOfASourceThatNobodyHasSeen() {
    assertThat(problems(ORDERS, new RecordedSight(name -> Optional.empty()))).isEmpty();
    assertThat(unchecked).containsExactly(new Unchecked("orders", "no apply has seen it yet"));
  }

  @Test
  void tellsWhereADatabaseSeesAFault() {
    TestingPostgres.Database database = TestingPostgres.shared().createDatabase();
    String jdbc =
        """
        entity: customer
        keys: [{name: id, type: bigint}]
        ---
        source: orders
        format: jdbc
        url: %s?user=%s
        query: |
          select 1 as customer,
            amuont from (values (1)) as t(amount)
        event_time: {constant: 2001-01-01T00:00:00Z}
        columns: [{name: customer, type: bigint}]
        """
            .formatted(database.address(), database.user());
    SourceSight sight =
        new DataSight(
            any ->
                List.of(
                    database.address()
                        + "?user="
                        + database.user()
                        + "&password="
                        + database.password().replace(" ", "%20")),
            DataCheckIT::none);

    assertThat(problems(jdbc, sight))
        .containsExactly(
            "shop.yaml:9:5: query: the database says: ERROR: column \"amuont\" does not exist [bad-expression]");
    assertThat(problems(jdbc.replace("amuont", "amount"), sight)).isEmpty();
    assertThat(recorded.get("orders").readAs()).startsWith("jdbc: select 1 as customer");
  }

  private static WarehouseCatalog none() {
    throw new AssertionError("no source lies in the warehouse");
  }

  private List<String> problems(String yaml) {
    return problems(
        yaml,
        new DataSight(
            source -> List.of(folder.resolve(source.place()).toString()), DataCheckIT::none));
  }

  private List<String> problems(String yaml, SourceSight sight) {
    DataCheck check =
        new DataCheck(
            sight, source -> List.of(folder.resolve("any").toString()), InstantSource.fixed(NOW));
    DefinitionLoader loader = new DefinitionLoader("shop", check);
    InvalidDefinitionsException invalid =
        catchThrowableOfType(
            InvalidDefinitionsException.class,
            () -> loader.load(new TreeMap<>(Map.of("shop.yaml", yaml))));
    unchecked.clear();
    unchecked.addAll(check.unchecked());
    check.seen().forEach(schema -> recorded.put(schema.source(), schema));
    return invalid == null
        ? List.of()
        : invalid.problems().stream().map(Problem::toString).toList();
  }

  private void write(String name, String text) {
    try {
      Files.createDirectories(folder.resolve(name).getParent());
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void delete(String name) {
    try {
      Files.delete(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
