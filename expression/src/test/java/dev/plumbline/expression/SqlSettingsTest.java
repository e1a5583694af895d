package dev.plumbline.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.spark.sql.internal.SQLConf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an expression means depends neither on the JVM nor on another Spark configuration. */
class SqlSettingsTest {
  private static final List<Field> INPUTS =
      List.of(new Field("text", Primitive.STRING), new Field("format", Primitive.STRING));
  private static final List<String> TEXTS =
      List.of("2001-03-05 21:30:00", "2001-07-05 00:00:00", "İI ıi é", "12", "x");
  private static final List<String> SQL =
      List.of(
          "cast(text as timestamp)",
          "date_format(try_cast(text as timestamp), format)",
          "date_format(timestamp '2001-03-05 21:30:00', 'EEEE d MMMM yyyy HH:mm z')",
          "try_to_timestamp(text, 'yyyy-MM-dd HH:mm:ss')",
          "hour(try_cast(text as timestamp))",
          "cast(try_cast(text as timestamp) as string)",
          "cast(text as int) + 2147483647",
          "cast(text as int) / 0",
          "soundex(text)",
          "cast(text as boolean)",
          "format_number(1234567.891, 2)",
          "format_string('%,.2f', 1234.5D)",
          "cast(1234.5D as string)");

  private final Locale locale = Locale.getDefault();
  private final TimeZone zone = TimeZone.getDefault();

  @AfterEach
  void restore() {
    Locale.setDefault(locale);
    TimeZone.setDefault(zone);
  }

  @Test
  void doNotFollowTheDefaultsOfTheJvm() {
    List<String> expected = outcomes();

    Locale.setDefault(new Locale("tr", "TR"));
    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));

    assertThat(outcomes()).isEqualTo(expected);
  }

  @Test
  void refuseALocaleThatChangesLettersInItsOwnWay() {
    Locale.setDefault(new Locale("tr", "TR"));

    for (String sql : List.of("upper(text)", "lower(text)", "initcap(text)", "text ilike format")) {
      assertThatThrownBy(() -> Expressions.compile(sql, INPUTS))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("locale tr_TR")
          .hasMessageContaining("-Duser.language=en");
    }
  }

  @Test
  void doNotFollowAnotherConfigurationOfTheThread() {
    List<String> expected = outcomes();
    SQLConf other = new SQLConf();
    other.setConfString("spark.sql.ansi.enabled", "false");
    other.setConfString("spark.sql.session.timeZone", "Asia/Tokyo");
    other.setConfString("spark.sql.caseSensitive", "true");
    other.setConfString("spark.sql.legacy.timeParserPolicy", "LEGACY");

    assertThat(SQLConf.withExistingConf(other, SqlSettingsTest::outcomes)).isEqualTo(expected);
  }

  @Test
  void serveEvaluatorsOfSeveralThreads() throws InterruptedException, ExecutionException {
    CompiledExpression expression =
        Expressions.compile(
            "concat(regexp_replace(text, format, '-'), upper(text), cast(length(text) as string))",
            INPUTS);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<Integer>> wrong =
          IntStream.range(0, 2)
              .mapToObj(seed -> threads.submit(() -> countWrong(expression.evaluator(), seed)))
              .toList();
      for (Future<Integer> count : wrong) {
        assertThat(count.get()).isZero();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static int countWrong(Evaluator evaluator, int seed) throws EvaluationException {
    int wrong = 0;
    for (int i = 0; i < 20_000; i++) {
      String text = "a" + (i + seed) + "b";
      String expected = "a-b" + text.toUpperCase(Locale.ROOT) + text.length();
      Object actual = evaluator.evaluate(List.of(text, i % 2 == 0 ? "[0-9]+" : "\\d+"));
      wrong += expected.equals(actual) ? 0 : 1;
    }
    return wrong;
  }

  private static List<String> outcomes() {
    return SQL.stream()
        .map(sql -> Expressions.compile(sql, INPUTS).evaluator())
        .flatMap(evaluator -> TEXTS.stream().map(text -> outcome(evaluator, text)))
        .toList();
  }

  private static String outcome(Evaluator evaluator, String text) {
    try {
      return String.valueOf(evaluator.evaluate(Arrays.asList(text, "yyyy-MM-dd HH:mm VV")));
    } catch (EvaluationException e) {
      return e.getMessage();
    }
  }
}
