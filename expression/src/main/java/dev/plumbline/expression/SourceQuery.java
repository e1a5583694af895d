package dev.plumbline.expression;

import dev.plumbline.expression.QuerySyntax.Tables;
import dev.plumbline.expression.Refusal.Reason;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * The query of a source: one {@code SELECT}, perhaps with {@code WITH} before it, over its raw rows
 * alone, which are the table {@link #RAW}. Its rows depend on those rows and on nothing else.
 */
public final class SourceQuery {
  /** The name under which a query sees the rows of its source. */
  public static final String RAW = "raw";

  private static final Pattern QUOTED =
      Pattern.compile("'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\\n]*|(?s:/\\*.*?\\*/)");

  private static final Pattern VOLATILE =
      Pattern.compile(
          "(?i)\\b(?:(?:current_(?:date|time|timestamp|user|role|schema|catalog)|localtime|localtimestamp|session_user)\\b"
              + "|(?:rand|random|random_normal|newid|uuid|uuidv4|uuidv7|gen_random_uuid|uuid_generate_v\\d\\w*|now|sysdate|getdate|curdate|curtime"
              + "|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday|nextval|txid_current|pg_sleep)\\s*\\()");

  private SourceQuery() {}

  /**
   * Checks a query in Spark SQL as far as that can be done without knowing the raw columns.
   *
   * @throws ExpressionException if it does not parse, reads anything but {@link #RAW}, or would not
   *     always give the same rows
   */
  public static void check(String sql) {
    ExpressionLimits.check(sql);
    try {
      SqlSettings.apply(() -> checkSyntax(new SourceText(sql)));
    } catch (StackOverflowError e) {
      throw Reason.TOO_LARGE.found("the query is nested too deeply").remedy("split it").at(0);
    }
  }

  private static Boolean checkSyntax(SourceText source) {
    LogicalPlan parsed;
    try {
      parsed = CatalystSqlParser$.MODULE$.parseQuery(source.sql());
    } catch (Exception e) { // Scala throws checked ones too
      throw e instanceof AnalysisException failure
          ? SparkMessages.describe(failure, List.of())
              .expected(QuerySyntax.ONE_SELECT)
              .at(source.offset(failure))
          : Reason.OTHER.found("Spark cannot parse it: %s", SparkMessages.firstLine(e)).at(0);
    }
    Tables tables = new Tables();
    new QuerySyntax(source).check(parsed, tables);
    if (!tables.readsRaw()) {
      throw Reason.UNKNOWN_TABLE
          .found("does not read the rows of its source")
          .expected("select ... from raw")
          .at(0);
    }
    return true;
  }

  /**
   * Checks a query in a language of somebody else for the usual words that read a clock, a random
   * source or a session.
   *
   * @throws ExpressionException at the first
   */
  public static void checkForeign(String sql) {
    String bare = QUOTED.matcher(sql).replaceAll(quoted -> " ".repeat(quoted.group().length()));
    Matcher found = VOLATILE.matcher(bare);
    if (found.find()) {
      String name = found.group().replaceAll("\\s*\\($", "");
      throw Reason.NOT_ALLOWED
          .found("'%s' gives other rows each time", name)
          .expected("rows that depend on the data alone")
          .remedy("write the value, or do without")
          .at(found.start());
    }
  }

  /**
   * Why Spark refused a query or an expression.
   *
   * @param columns that it could have named
   */
  public static ExpressionException refusal(
      AnalysisException failure, String sql, List<String> columns) {
    return SparkMessages.describe(failure, columns).at(new SourceText(sql).offset(failure));
  }

  /** The place of {@code offset} as people count: {@code LINE:COLUMN}. */
  public static String place(String sql, int offset) {
    String before = sql.substring(0, Math.min(offset, sql.length()));
    long line = 1 + before.chars().filter(each -> each == '\n').count();
    return line + ":" + (before.length() - before.lastIndexOf('\n'));
  }
}
