package dev.plumbline.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the query of a source may say, and where it is told that it may not. */
class SourceQueryTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from raw",
        "select id, cast(amount as double) amount from RAW r where r.kind = 'sale' order by id",
        "with sales as (select * from raw where kind = 'sale') select s.id from sales s left join raw using (id)",
        "select id, max(at) from raw group by id having count(*) > 1",
        "select id, item from raw lateral view explode(split(items, ';')) t as item",
        "select * from (select *, row_number() over (partition by id order by at desc, note) n from raw) where n = 1",
        "select id from raw where id in (select max(id) from raw) union all select id from raw",
        "select r.id, c.name from raw r join (values (1, 'a')) as c(id, name) on r.id = c.id",
      })
  void takesOneSelectOverRawRows(String sql) {
    assertThatCode(() -> SourceQuery.check(sql)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          select rand() r from raw                       | 7  | function 'rand' is unknown or not allowed
          select id, uuid() u from raw                   | 11 | function 'uuid' is unknown or not allowed
          select id, first(note) from raw group by id    | 11 | function 'first' is unknown or not allowed
          select id from raw where at < current_timestamp() | 30 | function 'current_timestamp' is unknown or not allowed
          select id from raw where d > date'today'       | 29 | 'now', 'today', 'tomorrow' and 'yesterday' read the clock
          select * from plumb.shop.orders                | 14 | table 'plumb.shop.orders' is not allowed (expected: raw
          select * from parquet.`/etc/x`                 | 14 | table 'parquet./etc/x' is not allowed
          select id from raw where id in (select x from other) | 46 | table 'other' is not allowed
          select * from range(5)                         | 14 | a function as a table is not allowed
          select * from raw limit 5                      | 18 | limit and offset leave rows out by chance
          select * from raw tablesample (10 percent)     | 18 | a sample is another one each time
          drop table raw                                 | 0  | syntax error at or near 'drop'
          select * from raw; select 1                    | 17 | syntax error at or near ';'
          select 1 as id                                 | 0  | does not read the rows of its source
          selec * from raw                               | 0  | syntax error at or near 'selec'
          """)
  void saysWhereAndWhyItRefuses(String sql, int offset, String message) {
    ExpressionException refused =
        catchThrowableOfType(ExpressionException.class, () -> SourceQuery.check(sql));

    assertThat(refused).isNotNull().hasMessageContaining(message);
    assertThat(refused.offset()).as(refused.getMessage()).isEqualTo(offset);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          select * from t where d > current_date - 30   | 26 | 'current_date'
          select random(), id from t                    | 7  | 'random'
          select 'now()', id, NOW () from t             | 20 | 'NOW'
          """)
  void findsTheClockInAQueryOfADatabase(String sql, int offset, String message) {
    ExpressionException refused =
        catchThrowableOfType(ExpressionException.class, () -> SourceQuery.checkForeign(sql));

    assertThat(refused).isNotNull().hasMessageContaining(message);
    assertThat(refused.offset()).isEqualTo(offset);
  }

  @Test
  void leavesTextsNamesAndCommentsOfADatabaseAlone() {
    assertThatCode(
            () ->
                SourceQuery.checkForeign(
                    "select 'now()', \"random()\", known from t -- current_date\n/* now() */"))
        .doesNotThrowAnyException();
  }
}
