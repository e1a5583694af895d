package dev.plumbline.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalExpressionsTest {
  private static final List<Field> INPUTS =
      List.of(
          new Field("a", Primitive.INT),
          new Field("b", Primitive.INT),
          new Field("d", Primitive.DOUBLE),
          new Field("s", Primitive.STRING),
          new Field("t", Primitive.TIMESTAMP),
          new Field("x", new DataType.ArrayOf(Primitive.INT)),
          new Field("origin.share", Primitive.DOUBLE),
          new Field("route.share", Primitive.DOUBLE));

  private static String scalar(String sql) {
    return CanonicalExpressions.scalar(sql, INPUTS).text();
  }

  private static String aggregate(String sql) {
    return CanonicalExpressions.aggregate(sql, INPUTS).text();
  }

  private static void assertSame(List<String> texts, List<String> ways) {
    for (int i = 1; i < ways.size(); i++) {
      assertThat(texts.get(i)).as("%s | %s", ways.get(0), ways.get(i)).isEqualTo(texts.get(0));
    }
  }

  /** Each is another meaning than all others. */
  private static void assertDistinct(Map<String, String> waysToTexts) {
    Map<String, String> seen = new HashMap<>();
    waysToTexts.forEach(
        (way, text) -> assertThat(seen.put(text, way)).as("the same as %s", way).isNull());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a+1 | a + 1 | (a)+(1) | ((A /* of */ + 1)) | a -- more\n + 1 | `a` + 01",
        "cast(a as double) | CAST(A AS DOUBLE) | double(a) | a::double",
        "coalesce(a, b) | nvl(a, b) | ifnull(a,b)",
        "a between 1 and 5 | a >= 1 and a <= 5 | (a >= 1) AND (a <= 5)",
        "ceil(d) | ceiling(d)",
        "a <> b | a != b | not a = b",
        "'it''s' = s | 'it\\'s' = s | \"it's\" = s | r\"it's\" = s",
        "s = 'a' | S == 'a' | s = '\\u0061'",
        "hour(t) | extract(hour from t) | date_part('HOUR', t)",
        "substring(s, 2, 3) | substr(s, 2, 3) | substring(s from 2 for 3)",
        "s || 'x' | concat(s, 'x')",
        "origin.share / nullif(route.share, 0) | ORIGIN.Share/NULLIF(Route.share,0)",
        "case when a > 1 then 'x' end | CASE WHEN (a > 1) THEN 'x' END",
        "d + 1 | d + cast(1 as double)",
        "timestamp '2001-01-01 00:00:00' | timestamp'2001-01-01T00:00:00Z'",
        "interval 1 day | interval '1' day",
        "1.50D | 1.5D | 15e-1"
      })
  void isTheSameHoweverAnExpressionIsWritten(String ways) {
    List<String> all = List.of(ways.split(" \\| "));

    assertSame(all.stream().map(CanonicalExpressionsTest::scalar).toList(), all);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 | 2 | 1L | 1.0 | 1.00 | 1.0D | 1.0F | '1' | 1S | 1Y | true | null | -1 | interval 1 day | interval 24 hours",
        "'a' | 'A' | 'a ' | ' a' | '' | 'a\\n' | r'a\\n' | X'61' | date'2001-01-01' | date'2001-01-02' | timestamp'2001-01-01' | timestamp_ntz'2001-01-01'",
        "a + b | b + a | a - b | b - a | a * b | a / b | a div b | a % b | pmod(a, b) | mod(b, a) | a & b | a | a | b | try_add(a, b)",
        "a > b | a >= b | a < b | a = b | a <=> b | not a > b | a > b and a > 1 | a > b or a > 1",
        "a + b * 2 | (a + b) * 2 | a * 2 + b | a + (b + 1) | a + b + 1",
        "cast(s as int) | try_cast(s as int) | cast(s as bigint) | cast(s as double) | cast(s as decimal(10,2)) | cast(s as decimal(10,3)) | cast(s as float)",
        "coalesce(a, 0) | coalesce(a, 1) | coalesce(0, a) | a | nvl2(a, 0, 1) | nvl2(a, 1, 0) | coalesce(a, b, 0)",
        "s like 'a%' | s like 'b%' | s ilike 'a%' | s rlike 'a%' | s like 'a%' escape '!' | not s like 'a%' | s not like 'b%'",
        "origin.share | route.share | origin.share + route.share",
        "x[0] | x[1] | get(x, 0) | element_at(x, 1) | try_element_at(x, 1) | size(x) | sort_array(x) | sort_array(x, false)",
        "case when a > 1 then 'x' end | case when a > 1 then 'x' else 'y' end | case when a > 1 then 'y' else 'x' end | case a when 1 then 'x' end | if(a > 1, 'x', 'z')",
        "hour(t) | minute(t) | date_trunc('hour', t) | date_trunc('day', t) | date_format(t, 'HH') | date_format(t, 'hh')",
        "round(d) | round(d, 1) | bround(d) | floor(d) | ceil(d) | cast(d as int)",
        "to_number(s, '99') | to_number(s, '999') | try_to_number(s, '99')",
        "a in (1, 2) | a in (2, 1) | a in (1) | a not in (1, 2) | a = 1 or a = 2",
        "regexp_replace(s, 'a', 'b') | regexp_replace(s, 'b', 'a') | replace(s, 'a', 'b') | translate(s, 'a', 'b') | regexp_replace(s, 'a', 'b', 2)",
        "s = 'a' | s collate utf8_lcase = 'a' | s collate unicode_ci = 'a'"
      })
  void isAnotherWhereAValueMayBe(String ways) {
    Map<String, String> texts = new HashMap<>();
    for (String way : ways.replace("a | a | b |", "a \\| b |").split("(?<!\\\\) \\| ")) {
      String sql = way.replace("\\| ", "| ");
      texts.put(sql, scalar(sql));
    }

    assertDistinct(texts);
  }

  @Test
  void namesInputsAndTheirTypes() {
    List<Field> wider = List.of(new Field("a", Primitive.BIGINT), new Field("c", Primitive.INT));
    Canonical narrow = CanonicalExpressions.scalar("A + 1", INPUTS);

    assertThat(narrow.references()).containsExactly("a");
    assertThat(narrow.text()).isNotEqualTo(CanonicalExpressions.scalar("a + 1", wider).text());
    assertThat(CanonicalExpressions.scalar("c", wider).text())
        .isNotEqualTo(CanonicalExpressions.scalar("b", INPUTS).text());
  }

  @Test
  void doesNotDependOnInputsThatAreNotRead() {
    List<Field> more = new ArrayList<>(INPUTS);
    more.add(new Field("more", Primitive.DATE));
    Collections.reverse(more);

    assertThat(CanonicalExpressions.scalar("nullif(a, b)", more))
        .isEqualTo(CanonicalExpressions.scalar("nullif(a, b)", INPUTS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "avg(a) | mean(a) | AVG( (a) ) | avg /* of */ (A)",
        "count(*) | COUNT ( * )",
        "count(distinct s) | approx_count_distinct(s)",
        "stddev(a) | stddev_samp(a)",
        "median(a) | percentile(a, 0.5) | percentile(a, .50) | percentile(a, 5e-1)",
        "sum(a) filter (where b > 0) | SUM(a) FILTER(WHERE (b > 0) -- some\n)"
      })
  void isTheSameHoweverAnAggregateIsWritten(String ways) {
    List<String> all = List.of(ways.split(" \\| "));

    assertSame(all.stream().map(CanonicalExpressionsTest::aggregate).toList(), all);
  }

  @Test
  void isAnotherForAnotherAggregate() {
    Map<String, String> texts = new HashMap<>();
    for (String sql :
        List.of(
            "count(*)",
            "count(a)",
            "count(distinct a)",
            "count(*) filter (where a > 0)",
            "count(*) filter (where a > 1)",
            "count(a) filter (where a > 0)",
            "sum(a)",
            "sum(b)",
            "sum(a) filter (where b > 0)",
            "sum(b) filter (where a > 0)",
            "avg(a)",
            "min(a)",
            "max(a)",
            "first(a)",
            "last(a)",
            "stddev(a)",
            "stddev_pop(a)",
            "percentile(a, 0.5)",
            "percentile(a, 0.9)",
            "approx_percentile(a, 0.5)")) {
      texts.put(sql, aggregate(sql));
    }

    assertDistinct(texts);
    assertThat(CanonicalExpressions.aggregate("sum(a) filter (where b > 0)", INPUTS).references())
        .containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cast(delay as int) | CAST( Delay AS INT ) | cast((delay) as int) /* minutes */ | delay::int",
        "to_timestamp(concat('2001', date), 'yyyyMMdd') | to_timestamp ( concat(\"2001\", DATE), 'yyyyMMdd' )",
        "m.Key | M.Key | (m).Key",
        "transform(tags, x -> upper(x)) | transform(tags, x -> (upper(x)))"
      })
  void isTheSameHoweverAnExpressionOverRawColumnsIsWritten(String ways) {
    List<String> all = List.of(ways.split(" \\| "));

    assertSame(
        all.stream().map(CanonicalExpressions::raw).filter(text -> !text.isEmpty()).toList(), all);
  }

  @Test
  void isAnotherForAnotherExpressionOverRawColumns() {
    Map<String, String> texts = new HashMap<>();
    for (String sql :
        List.of(
            "delay",
            "m.key",
            "m.Key",
            "m['key']",
            "m['Key']",
            "cast(delay as int)",
            "try_cast(delay as int)",
            "cast(delay as bigint)",
            "to_json(struct(delay))",
            "to_json(struct(Delay))",
            "transform(m, (x, i) -> x)",
            "transform(m, (x, i) -> i)",
            "date - 1",
            "1 - date")) {
      texts.put(sql, CanonicalExpressions.raw(sql));
    }

    assertDistinct(texts);
  }

  @Test
  void ofAQueryIsItsWords() {
    String query = "select Origin, max(delay) as d from raw where x > 'A' group by origin";
    String spread =
        "SELECT origin,\n MAX(Delay) AS d -- worst\nFROM raw where x>'A' group by ORIGIN";

    assertThat(query(spread)).isEqualTo(query(query));
    assertThat(query(query.replace("'A'", "'a'"))).isNotEqualTo(query(query));
    assertThat(query(query.replace("> ", ">= "))).isNotEqualTo(query(query));
  }

  @Test
  void ofAQueryHasItsLettersWhereValuesAreMadeOfNames() {
    List<String> over = List.of("to_json(struct(*))");

    assertThat(CanonicalExpressions.query("select a as Foo from raw", over))
        .isNotEqualTo(CanonicalExpressions.query("select a as foo from raw", over))
        .isEqualTo(CanonicalExpressions.query("select a  as Foo\nfrom raw -- all", over));
  }

  private static String query(String sql) {
    return CanonicalExpressions.query(sql, List.of("upper(origin)"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select a, b from t where c = 'x' | select a,b\nfrom t where c = 'x' | select a , b -- both\n from t /* all */ where c = 'x'",
        "select count(*) from t | select count( * )\tfrom t"
      })
  void isTheSameHoweverAForeignQueryIsWritten(String ways) {
    List<String> all = List.of(ways.split(" \\| "));

    assertSame(all.stream().map(CanonicalExpressions::foreignQuery).toList(), all);
  }

  @Test
  void isAnotherForAForeignQueryThatADatabaseMayReadOtherwise() {
    Map<String, String> texts = new HashMap<>();
    for (String sql :
        List.of(
            "select a from t",
            "select A from t",
            "select 'a  b' from t",
            "select 'a b' from t",
            "select 'a -- b' from t",
            "select 'a -- c' from t",
            "select 1--1\nfrom t",
            "select 1--2\nfrom t",
            "select $$ -- a\n$$ from t",
            "select $$ -- b\n$$ from t",
            "select 'it\\' -- a' from t",
            "select 'it\\' -- b' from t",
            "select /*+ full(t) */ a from t",
            "select /*! a, */ b from t",
            "select b from t",
            "select 'a' from t",
            "select \"a\" from t",
            "select a b from t",
            "select /* a /* b */ c */ d from t",
            "select /* a /* x */ c */ d from t",
            "select [a -- b] from t",
            "select [a -- c] from t",
            "select a-- b")) {
      texts.put(sql, CanonicalExpressions.foreignQuery(sql));
    }

    assertDistinct(texts);
  }
}
