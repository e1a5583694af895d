package dev.plumbline.offline.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.definition.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of text that are not what a source declares: fatal, or left out and counted. */
class BadRowsIT {
  private static final String COLUMNS =
      """
      event_time: at
      columns:
        - {name: id, type: bigint}
        - {name: at, type: timestamp}
        - {name: day, type: date}
        - {name: amount, type: double}
        - {name: note, type: string}
      """;

  private static final String ORDERS =
      """
      id,at,day,amount,note
      1,2026-03-01T10:00:00Z,2026-03-01,1.5,good

      2,2026-03-01T10:00:00Z,2026-03-01,much,not a number
      3,2026-03-01T10:00:00Z,200103,1,not a day
      4,12:30,2026-03-01,1,a time of whatever day it is
      5,2026-03-01T10:00:00Z,2026-03-01,1
      6,2026-03-01T10:00:00Z,2026-03-01,1,"not closed
      7,,2026-03-01,1,without time
      8,2026-03-01T10:00:00Z,2026-02-30,,no such day
      9,2026-03-01T10:00:00Z,,,"good, too"
      """;

  @TempDir static Path folder;
  private static SourceBench bench;

  @BeforeAll
  static void open() {
    bench = new SourceBench(folder);
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  @Test
  void failsWithFileLineColumnValueTypeAndRow() {
    Path file = bench.file("fatal.csv", ORDERS);

    assertThatThrownBy(() -> bench.open(csv(""), file))
        .isInstanceOf(SourceMismatchException.class)
        .hasMessage(
            """
            source 'orders' at %1$s:
              %1$s:4: column 'amount': 'much' is no double; the row: 2,2026-03-01T10:00:00Z,2026-03-01,much,not a number
              %1$s:5: column 'day': '200103' is no date (expected: such as 2026-03-01); the row: 3,2026-03-01T10:00:00Z,200103,1,not a day
              %1$s:6: column 'at': '12:30' is no timestamp (expected: such as 2026-03-01T10:00:00Z); the row: 4,12:30,2026-03-01,1,a time of whatever day it is
              %1$s:7: the line has 4 values (expected: 5, as many as the header); the row: 5,2026-03-01T10:00:00Z,2026-03-01,1
              %1$s:8: the quote at character 37 is not closed on its line; a value with a line break is not read; the row: 6,2026-03-01T10:00:00Z,2026-03-01,1,"not closed
              bad rows: 6 in all; mend them (a declared source may leave them out and count them: bad_rows: quarantine)"""
                .formatted(file));
  }

  @Test
  void leavesThemOutCountsAndKeepsThem() {
    Path file = bench.file("left.csv", ORDERS);

    SourceRows read = bench.open(csv("bad_rows: quarantine\n"), file);

    assertThat(read.quarantined()).isEqualTo(6);
    assertThat(read.withoutTime()).isOne();
    assertThat(bench.rows(read, "id", "note"))
        .extracting(Object::toString)
        .containsExactlyInAnyOrder("[1,good]", "[7,without time]", "[9,good, too]");
    assertThat(bench.rows(read, "count(*)").get(0).getLong(0)).isEqualTo(3); // no column needed
    assertThat(bench.quarantined())
        .hasSize(6)
        .first()
        .isEqualTo(
            "{\"reason\":\"column 'amount': 'much' is no double\",\"file\":\"%s\",\"line\":4,\"column\":\"amount\",\"value\":\"much\",\"expected\":\"double\",\"text\":\"2,2026-03-01T10:00:00Z,2026-03-01,much,not a number\"}"
                .formatted(file));
  }

  @Test
  void keepsTheSameRowsWhenItReadsAgainAndNoneWhenTheyAreMended() {
    Path file = bench.file("again.csv", ORDERS);
    Source source = csv("bad_rows: quarantine\n");
    bench.open(source, file);
    List<String> first = bench.quarantined();

    SourceRows again = bench.open(source, file);

    assertThat(again.quarantined()).isEqualTo(6);
    assertThat(bench.quarantined()).isEqualTo(first);
    bench.file("again.csv", "id,at,day,amount,note\n");
    assertThat(bench.open(source, file).quarantined()).isZero();
    assertThat(bench.quarantined()).isEmpty();
  }

  @Test
  void keepsNoMoreThanAThousandAndCountsThemAll() {
    StringBuilder text = new StringBuilder("id,at,day,amount,note\n");
    for (int i = 0; i < 2_500; i++) {
      text.append(i).append(",2026-03-01T10:00:00Z,2026-03-01,x,").append(i).append('\n');
    }
    Path file = bench.file("many.csv", text.toString());

    SourceRows read = bench.open(csv("bad_rows: quarantine\n"), file);

    assertThat(read.quarantined()).isEqualTo(2_500);
    assertThat(bench.quarantined()).hasSize(1_000);
  }

  @Test
  void countsARowOnceForTwoExpressionsThatShareWhatFails() {
    Path file = bench.file("shared.csv", "id,raw_amount\n1,2.5\n2,much\n3,\n");
    Source source =
        SourceBench.source(
            """
            format: csv
            path: unused
            bad_rows: quarantine
            event_time: {constant: 2001-01-01T00:00:00Z}
            columns:
              - {name: id, type: bigint}
              - {name: amount, type: double, expr: cast(raw_amount as double)}
              - {name: high, type: boolean, expr: cast(raw_amount as double) > 2}
            """);

    SourceRows read = bench.open(source, file);

    assertThat(read.quarantined()).isOne();
    assertThat(bench.rows(read, "id", "amount", "high"))
        .extracting(Object::toString)
        .containsExactlyInAnyOrder("[1,2.5,true]", "[3,null,null]");
    assertThat(bench.quarantined())
        .singleElement()
        .asString()
        .contains("column 'amount': its expr 'cast(raw_amount as double)' fails on this row");
  }

  /** Else {@code Müller} and {@code Möller} of an old file would be one customer. */
  @Test
  void takesNoOtherEncodingForUtf8() throws IOException {
    String text = "id,at,day,amount,note\n1,,,,plain\n2,,,,Müller\n3,,,,Möller\n";
    Path file = bench.file("latin.csv", "");
    Files.writeString(file, text, StandardCharsets.ISO_8859_1);

    SourceRows read = bench.open(csv("bad_rows: quarantine\n"), file);

    assertThat(bench.rows(read, "note")).extracting(Object::toString).containsExactly("[plain]");
    assertThat(bench.quarantined())
        .hasSize(2)
        .allSatisfy(
            line -> assertThat(line).contains("the line is not UTF-8, from character 7 on"));
    Path same = bench.file("utf8.csv", text);
    assertThat(bench.open(csv("bad_rows: quarantine\n"), same).quarantined()).isZero();
  }

  @Test
  void readsLinesOfJsonStrictly() {
    Path file =
        bench.file(
            "orders.json",
            """
            {"id": 1, "at": "2026-03-01T10:00:00Z", "amount": 1.50, "note": true}
            {"id": 2, "at": "2026-03-01T10:00:00Z"} {"id": 3}
            {"id": 4, "id": 5, "at": "2026-03-01T10:00:00Z"}
            [{"id": 6}, {"id": 7}]
            {"id": 8, "at": "2026-03-01T10:00:00Z", "note": "cut
            {"id": "nine", "at": "2026-03-01T10:00:00Z"}
            {"id": 10, "at": "2026-03-01T10:00:00Z", "day": "2026-03-01", "amount": 2}
            {"id": 11, "at": "2026-03-01T10:00:00Z", "amount": NaN}
            """);

    SourceRows read =
        bench.open(
            SourceBench.source("format: json\npath: unused\nbad_rows: quarantine\n" + COLUMNS),
            file);

    assertThat(bench.rows(read, "id", "amount", "note"))
        .extracting(Object::toString)
        .containsExactlyInAnyOrder("[1,1.5,true]", "[10,2.0,null]");
    assertThat(read.quarantined()).isEqualTo(6);
    assertThat(bench.quarantined())
        .satisfiesExactly(
            line -> assertThat(line).contains("there is text after the JSON object"),
            line -> assertThat(line).contains("Duplicate field 'id'"),
            line -> assertThat(line).contains("the line is not a JSON object"),
            line -> assertThat(line).contains("the line is not JSON: "),
            line -> assertThat(line).contains("column 'id': 'nine' is no bigint"),
            line -> assertThat(line).contains("the line is not JSON: Non-standard token 'NaN'"));
  }

  @Test
  void namesBadRowsThatAQueryMakesAndThoseBeforeIt() {
    Path file = bench.file("queried.csv", ORDERS);
    Source source =
        csv(
            "bad_rows: quarantine\nquery: select id, at, day, amount, note from raw where note like '%day%'\n");

    SourceRows read = bench.open(source, file);

    // Two lines that cannot be read, and of the four rows with a day in their note three bad ones.
    assertThat(read.quarantined()).isEqualTo(5);
    assertThat(bench.rows(read, "id")).isEmpty();
    assertThat(bench.quarantined().get(2))
        .contains("\"text\":\"{\\\"id\\\":\\\"")
        .doesNotContain("\"file\"");
  }

  @Test
  void findsTheSameRowsHoweverTheyAreCutIntoFiles() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>();
    int bad = 0;
    for (int i = 0; i < 400; i++) {
      boolean broken = random.nextInt(10) == 0;
      bad += broken ? 1 : 0;
      lines.add(
          i + ",2026-03-01T10:00:00Z,2026-03-01," + (broken ? "?" : random.nextInt(9)) + ",n");
    }
    for (int files : new int[] {1, 3, 7}) {
      Collections.shuffle(lines, random);
      Path several = Files.createDirectories(folder.resolve("cut" + files));
      for (int f = 0; f < files; f++) {
        StringBuilder text = new StringBuilder("\uFEFFid,at,day,amount,note\r\n");
        for (int i = f; i < lines.size(); i += files) {
          text.append(lines.get(i)).append("\r\n");
        }
        Files.writeString(several.resolve(f + ".csv"), text);
      }

      SourceRows read = bench.open(csv("bad_rows: quarantine\n"), several);

      assertThat(read.quarantined()).as("seed %d", seed).isEqualTo(bad);
      assertThat(bench.rows(read, "count(*)").get(0).getLong(0)).isEqualTo(400 - bad);
    }
  }

  private static Source csv(String more) {
    return SourceBench.source("format: csv\npath: unused\n" + more + COLUMNS);
  }
}
