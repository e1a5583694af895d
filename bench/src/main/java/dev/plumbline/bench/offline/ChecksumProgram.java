package dev.plumbline.bench.offline;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads Parquet files and prints a {@link Checksum} for each file or folder that it is given, in
 * their order. A program of its own, so that no state of an engine that wrote them has a part in
 * it.
 */
public final class ChecksumProgram {
  private ChecksumProgram() {}

  public static void main(String[] outputs) throws SQLException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      for (String output : outputs) {
        out.println(of(statement, Path.of(output)).line());
      }
    }
  }

  private static Checksum of(Statement statement, Path output) throws SQLException {
    String files = Files.isDirectory(output) ? output + "/*.parquet" : output.toString();
    String rows = "read_parquet('%s', hive_partitioning = false)".formatted(files);
    Map<String, String> columns = columns(statement, rows);
    // Instants are hashed as microseconds, whether a file calls them local or UTC.
    String hashed =
        columns.entrySet().stream()
            .map(
                column ->
                    column.getValue().equals("instant")
                        ? "epoch_us(%s)".formatted(column.getKey())
                        : column.getKey())
            .collect(Collectors.joining(", "));
    String query =
        "select count(*), coalesce(sum(hash(%s)::hugeint), 0) from %s".formatted(hashed, rows);
    try (ResultSet result = statement.executeQuery(query)) {
      result.next();
      return new Checksum(
          result.getLong(1),
          columns.entrySet().stream()
              .map(column -> column.getKey() + " " + column.getValue())
              .collect(Collectors.joining(", ")),
          String.format(
              Locale.ROOT, "%032x", new BigDecimal(result.getString(2)).toBigIntegerExact()));
    }
  }

  private static Map<String, String> columns(Statement statement, String rows) throws SQLException {
    Map<String, String> columns = new TreeMap<>();
    try (ResultSet described = statement.executeQuery("describe from " + rows)) {
      while (described.next()) {
        String type = described.getString("column_type").toLowerCase(Locale.ROOT);
        columns.put(
            "\"%s\"".formatted(described.getString("column_name")),
            type.startsWith("timestamp") ? "instant" : type);
      }
    }
    return columns;
  }
}
