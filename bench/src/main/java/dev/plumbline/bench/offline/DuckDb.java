package dev.plumbline.bench.offline;

import dev.plumbline.bench.project.BenchProject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A DuckDB of this process with two threads, and its {@code ASOF JOIN}. */
final class DuckDb implements AutoCloseable {
  private @Nullable Connection connection;
  private final JoinData data;
  private final JoinFiles files;
  private final Path folder;

  /**
   * One in a new file.
   *
   * @param folder for the file, and for what it lays out
   */
  DuckDb(JoinData data, JoinFiles files, Path folder) {
    this.data = data;
    this.files = files;
    this.folder = folder;
  }

  /** Opened when it is first asked: where it takes no part, it takes no memory. */
  private Connection connection() throws SQLException {
    if (connection == null) {
      connection = DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("native.db"));
      try (Statement statement = connection.createStatement()) {
        statement.execute("set threads = " + BenchProject.THREADS);
        statement.execute("set temp_directory = '%s'".formatted(folder.resolve("duckdb-spill")));
        statement.execute("set timezone = 'UTC'");
      }
    }
    return connection;
  }

  /** Parquet as it was generated, Parquet sorted by key and time, and tables of its own. */
  Engine engine() {
    return new Engine(
        Engine.DUCKDB,
        List.of(
            way(
                "parquet as generated",
                view -> {},
                view -> parquet(files.features(view)),
                parquet(files.labels())),
            way(
                "parquet sorted",
                view ->
                    execute(
                        "copy (from %s order by account, happened) to '%s' (format parquet, compression %s)"
                            .formatted(
                                parquet(files.features(view)),
                                sorted(view),
                                JoinFiles.COMPRESSION)),
                view -> "read_parquet('%s')".formatted(sorted(view)),
                parquet(files.labels())),
            way(
                "native table",
                view ->
                    execute(
                        "create table features_%d as from %s order by account, happened"
                            .formatted(view, parquet(files.features(view)))),
                view -> "features_" + view,
                "labels")));
  }

  private Path sorted(int view) {
    return folder.resolve("sorted-%d.parquet".formatted(view));
  }

  static String parquet(Path folder) {
    return "read_parquet('%s/*.parquet')".formatted(folder);
  }

  private interface LayOut {
    void of(int view);
  }

  private Way way(String name, LayOut layOut, Function<Integer, String> features, String labels) {
    return new Way() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void layOut() {
        if (labels.equals("labels")) {
          execute("create table labels as from " + parquet(files.labels()));
        }
        files.each().forEach(layOut::of);
      }

      @Override
      public void join(Path output) {
        execute("set preserve_insertion_order = false"); // faster; nobody asked for an order
        execute(
            "copy (%s) to '%s' (format parquet, compression %s)"
                .formatted(query(labels, features), output, JoinFiles.COMPRESSION));
        execute("reset preserve_insertion_order");
      }
    };
  }

  /** One chained {@code ASOF JOIN} for each view. */
  private String query(String labels, Function<Integer, String> features) {
    String columns =
        files.each().stream()
            .flatMap(
                view ->
                    JoinData.features(view).stream()
                        .map(
                            feature ->
                                ", case when epoch_us(l.asked) - epoch_us(f%1$d.happened) <= %2$d then f%1$d.%3$s end as %4$s"
                                    .formatted(
                                        view,
                                        JoinData.micros(data.maxAge()),
                                        feature,
                                        JoinData.value(feature))))
            .collect(Collectors.joining());
    String joins =
        files.each().stream()
            .map(
                view ->
                    " asof left join %2$s f%1$d on l.account = f%1$d.account and l.asked >= f%1$d.available_at"
                        .formatted(view, features.apply(view)))
            .collect(Collectors.joining());
    return "select l.id, l.account, l.asked, l.outcome%s from %s l%s"
        .formatted(columns, labels, joins);
  }

  void execute(String sql) {
    try (Statement statement = connection().createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB failed on: " + sql, e);
    }
  }

  @Override
  public void close() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
