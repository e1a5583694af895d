package dev.plumbline.bench.offline;

import dev.plumbline.offline.dataset.DatasetFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** The same join in Spark SQL alone, in the shapes that others generate. */
final class SparkSqlJoins {
  private static final int PARTITIONS = 8;

  private static final String ALL_ROWS = "true"; // which the optimizer drops
  private static final String ONE_KEY_IN_TEN = "pmod(xxhash64(account), 10) = 0";

  /** With more rows than this, to try both unions in full would take minutes. */
  private static final long LARGE = 15_000_000;

  private final SparkSession spark;
  private final JoinData data;
  private final JoinFiles files;

  /**
   * In a session of its own beside {@code spark}, with adaptive execution and code generation on.
   */
  SparkSqlJoins(SparkSession spark, JoinData data, JoinFiles files) {
    this.data = data;
    this.files = files;
    this.spark = spark.newSession();
    this.spark.conf().set("spark.sql.adaptive.enabled", "true");
    this.spark.conf().set("spark.sql.shuffle.partitions", String.valueOf(PARTITIONS));
    this.spark.conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
  }

  /**
   * Labels and rows in one relation by key and time, and the last row before each label, one struct
   * per view (the shape of dbl-tempo): all views in one union, or a union for each.
   */
  Engine unionLast() {
    Way one = way("one union", this::oneUnion);
    return new Engine(
        Engine.UNION_LAST,
        data.views() == 1
            ? List.of(one)
            : List.of(one, way("a union per view", this::unionPerView)));
  }

  /**
   * Labels joined with all rows of their key within the view's age, and the newest of them kept by
   * its number (the shape of Feast).
   */
  Engine rangeJoin() {
    return new Engine(Engine.RANGE_JOIN, List.of(way("a subquery per view", this::ranges)));
  }

  private Way way(String name, Supplier<String> query) {
    return new Way() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void layOut() {}

      @Override
      public void join(Path output) {
        write(query.get(), ALL_ROWS, output);
      }

      @Override
      public boolean needsSample() {
        return data.rows() * data.views() > LARGE;
      }

      @Override
      public void joinSample(Path output) {
        write(query.get(), ONE_KEY_IN_TEN, output);
      }
    };
  }

  private void write(String query, String where, Path output) {
    view(files.labels(), where, "labels");
    files.each().forEach(view -> view(files.features(view), where, "features_" + view));
    spark.sql(query).write().options(DatasetFormat.OPTIONS).parquet(output.toString());
  }

  private void view(Path folder, String where, String name) {
    var rows = spark.read().parquet(folder.toString());
    rows.where(where).createOrReplaceTempView(name);
  }

  private String oneUnion() {
    String ofLabels =
        "select account, asked as at, 1 as label, id, asked, outcome"
            + eachView(", cast(null as %s) as f%d", this::structType);
    String ofViews =
        files.each().stream()
            .map(
                view ->
                    " union all select account, available_at, 0, null, null, null"
                        + files.each().stream()
                            .map(other -> ", " + (other.equals(view) ? struct(view) : "null"))
                            .collect(Collectors.joining())
                        + " from features_"
                        + view)
            .collect(Collectors.joining());
    String last =
        files.each().stream()
            .map(view -> ", last(f%1$d, true) over w as f%1$d".formatted(view))
            .collect(Collectors.joining());
    return """
    select id, account, asked, outcome%s from (
      select id, account, asked, outcome, label%s from (%s from labels%s)
      window w as (partition by account order by at, label rows between unbounded preceding and current row))
    where label = 1
    """
        .formatted(structValues(), last, ofLabels, ofViews);
  }

  private String unionPerView() {
    String labels = "labels";
    for (int view : files.each()) {
      String before =
          files.each().stream().limit(view).map(", f%d"::formatted).collect(Collectors.joining());
      String nothing = before.replaceAll("f\\d+", "null");
      labels =
          """
          (select id, account, asked, outcome%2$s, f%1$d from (
            select id, account, asked, outcome%2$s, label, last(f%1$d, true) over (partition by account order by at, label rows between unbounded preceding and current row) as f%1$d from (
              select id, account, asked, outcome%2$s, asked as at, 1 as label, cast(null as %3$s) as f%1$d from %4$s
              union all select null, account, null, null%5$s, available_at, 0, %6$s from features_%1$d))
          where label = 1)
          """
              .formatted(view, before, structType(view), labels, nothing, struct(view));
    }
    return "select id, account, asked, outcome%s from %s".formatted(structValues(), labels);
  }

  private interface OfView {
    String of(int view);
  }

  private String eachView(String format, OfView of) {
    return files.each().stream()
        .map(view -> format.formatted(of.of(view), view))
        .collect(Collectors.joining());
  }

  private static String struct(int view) {
    return Stream.concat(Stream.of("happened"), JoinData.features(view).stream())
        .map(name -> "'%1$s', %1$s".formatted(name))
        .collect(Collectors.joining(", ", "named_struct(", ")"));
  }

  private String structType(int view) {
    List<String> names = JoinData.features(view);
    return "struct<happened: timestamp, %s: bigint, %s: double, %s: string>"
        .formatted(names.get(0), names.get(1), names.get(2));
  }

  private String structValues() {
    return files.each().stream()
        .flatMap(
            view ->
                JoinData.features(view).stream()
                    .map(
                        feature ->
                            ", if(unix_micros(asked) - unix_micros(f%1$d.happened) <= %2$dL, f%1$d.%3$s, null) as %4$s"
                                .formatted(
                                    view,
                                    JoinData.micros(data.maxAge()),
                                    feature,
                                    JoinData.value(feature))))
        .collect(Collectors.joining());
  }

  private String ranges() {
    String subqueries =
        files.each().stream()
            .map(
                view ->
                    """
                    left join (
                      select id as id_%1$d, %2$s from (
                        select l.id, %2$s, row_number() over (partition by l.id order by f.happened desc) as rank
                        from labels l join features_%1$d f on l.account = f.account
                          and f.available_at <= l.asked and f.happened >= l.asked - interval %3$d second)
                      where rank = 1) on id = id_%1$d
                    """
                        .formatted(
                            view,
                            String.join(", ", JoinData.features(view)),
                            data.maxAge().toSeconds()))
            .collect(Collectors.joining());
    String values =
        files.each().stream()
            .flatMap(view -> JoinData.features(view).stream())
            .map(feature -> ", %s as %s".formatted(feature, JoinData.value(feature)))
            .collect(Collectors.joining());
    return "select id, account, asked, outcome%s from labels %s".formatted(values, subqueries);
  }
}
