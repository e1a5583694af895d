package dev.plumbline.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expressions and queries over raw columns of any type, without a session. */
class RawColumnsTest {
  private static final RawColumns RAW =
      new RawColumns(
          StructType.fromDDL(
              "id bigint, at timestamp_ntz, `who is it` struct<name: string, seen: array<struct<page: string, ms: int>>>,"
                  + " tags map<string, array<int>>, amount decimal(12,2), small tinyint, note string"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id + 1 | bigint",
        "`who is it`.name | string",
        "`who is it`.seen[0].ms | int",
        "transform(`who is it`.seen, each -> upper(each.page)) | array<string>",
        "tags['a'][0] | int",
        "map_keys(tags) | array<string>",
        "cast(at as date) | date",
        "amount * small | decimal(16,2)",
        "row_number() over (partition by id order by at) | int"
      })
  void typesAnExpression(String expr, String type) {
    assertThat(RAW.typeOf(expr).simpleString()).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id + ids | 5 | unknown column 'ids' (expected: one of id, at, who is it, tags, amount, small, note); did you mean 'id'?",
        "id + | 4 | syntax error at or near end of input",
        "year(id) | 0 | cannot resolve",
        "now() | 0 | 'now' gives another value each time",
        "id + rand() | 5 | 'rand' gives another value each time",
        "sum(id) | 0 | an aggregate of many rows (expected: one value of one row); do that in the query of the source",
        "explode(tags['a']) | 0 | a function of many rows (expected: one value of one row)",
        "`who is it`.nam | 0 | no such struct field"
      })
  void saysWhatAnExpressionCannotBe(String expr, int offset, String message) {
    ExpressionException refused = refusal(() -> RAW.typeOf(expr));

    assertThat(refused).hasMessageStartingWith(message);
    assertThat(refused.offset()).isEqualTo(offset);
  }

  @Test
  void givesTheColumnsOfAQuery() {
    RawColumns columns =
        RAW.query(
            """
            with latest as (
              select *, row_number() over (partition by id order by at desc) n from raw
            )
            select l.id, r.note, page.ms, (select count(*) from raw) as rows
            from latest l join RAW r on r.id = l.id lateral view explode(l.`who is it`.seen) as page
            where l.n = 1 and l.id in (select id from raw where small > 1)
            """);

    assertThat(columns.schema())
        .isEqualTo(
            new StructType()
                .add("id", DataTypes.LongType)
                .add("note", DataTypes.StringType)
                .add("ms", DataTypes.IntegerType)
                .add("rows", DataTypes.LongType));
    assertThat(columns.typeOf("rows + ms")).isEqualTo(DataTypes.LongType);
  }

  @Test
  void takesATableOfTheQuerysOwnForTheRawOne() {
    assertThat(RAW.query("with raw as (select id as key from raw) select * from raw").names())
        .containsExactly("key");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "select ids from raw | 7 | unknown column 'ids'",
        "select id, note as ID from raw | 0 | its result has 'ID' twice; name one otherwise",
        "select id from row | 15 | table 'row' is not allowed (expected: raw",
        "select sum(cast(id as double)) s from raw | 7 | 'sum' of double depends on the order",
        "select id, current_date d from raw | 11 | 'current_date' gives another value each time",
        "select id from raw where note | 11 | "
      })
  void saysWhatAQueryCannotBe(String sql, int offset, String message) {
    ExpressionException refused = refusal(() -> RAW.query(sql));

    assertThat(refused).hasMessageContaining(message == null ? "" : message);
    assertThat(message == null ? offset : refused.offset()).isEqualTo(offset);
  }

  private static ExpressionException refusal(Runnable work) {
    return catchThrowableOfType(ExpressionException.class, work::run);
  }
}
