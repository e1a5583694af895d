package dev.plumbline.bench.validate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/**
 * A project of many feature views, a file each, four features in every one, no two expressions the
 * same: every other view has windows, the others are row views. Ten sources of Parquet, each with
 * expressions over its raw columns.
 */
record ManyViews(int count) {
  private static final int SOURCES = 10;
  private static final int AREAS = 20;

  private static final String SOURCE =
      """
      source: s%1$d
      format: parquet
      path: data/s%1$d.parquet
      event_time: at
      columns:
        - {name: id, type: bigint}
        - {name: at, type: timestamp}
        - {name: amount, type: double, expr: "cast(cents as double) / 100"}
        - {name: kind, type: string, expr: "lower(trim(info.kind))"}
        - {name: late, type: int}
      """;

  private static final String VIEW =
      """
      feature_view: v%1$d
      version: 1
      entity: account
      source: s%2$d
      keys: {id: id}
      every: 1h
      features:
      """;

  private static final String WINDOWED =
      """
        - {name: v%1$d_count, expr: count(*) filter (where amount > %1$d), window: 1d}
        - {name: v%1$d_sum, expr: "sum(cast(amount * %1$d as decimal(18,4)))", window: 7d}
        - {name: v%1$d_share, expr: "avg(cast(late > %1$d and kind <> 'k%1$d' as double))", window: 30d}
        - {name: v%1$d_p90, expr: "percentile(case when kind = 'k%1$d' then amount + %1$d else amount end, 0.9)", window: 7d}
      """;

  private static final String ROWS =
      """
        - {name: v%1$d_rounded, expr: "round(amount * %1$d, 2)"}
        - {name: v%1$d_kind, expr: "coalesce(nullif(kind, 'k%1$d'), 'none%1$d')"}
        - {name: v%1$d_day, expr: "date_diff(cast(at as date), date'2026-01-01') + %1$d"}
        - {name: v%1$d_text, expr: "case when late between %1$d and 2 * %1$d then concat(kind, '-%1$d') else upper(kind) end"}
      """;

  /** Writes the project, and its data. */
  void write(Path folder) {
    try {
      put(folder.resolve("plumb.yaml"), "project: many\n");
      put(
          folder.resolve("definitions/account.yaml"),
          "entity: account\nkeys: [{name: id, type: bigint}]\n");
      for (int i = 0; i < SOURCES; i++) {
        put(folder.resolve("definitions/sources/s%d.yaml".formatted(i)), of(SOURCE, i));
      }
      for (int i = 1; i <= count; i++) {
        put(
            folder.resolve("definitions/area%d/v%d.yaml".formatted(i % AREAS, i)),
            of(VIEW, i, i % SOURCES) + of(i % 2 == 0 ? WINDOWED : ROWS, i));
      }
      data(Files.createDirectories(folder.resolve("data")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void data(Path folder) {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      for (int i = 0; i < SOURCES; i++) {
        statement.execute(
            """
            copy (select n as id, timestamptz '2026-01-01 00:00:00+00' as at, n as cents,
              {'kind': 'k' || n} as info, cast(n as int) as late from range(1000) t(n))
            to '%s/s%d.parquet' (format parquet)"""
                .formatted(folder, i));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String of(String pattern, Object... numbers) {
    return String.format(Locale.ROOT, pattern, numbers);
  }

  private static void put(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
