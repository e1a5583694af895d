package dev.plumbline.cli;

import dev.plumbline.offline.Warehouse;
import dev.plumbline.registry.LedgerEntry;
import dev.plumbline.registry.MetadataDatabase;
import dev.plumbline.registry.RunLedger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/**
 * All that runs of a view leave behind, and that a kill must not change.
 *
 * @param rows of the change log with all their columns, stamps included, in the order of their text
 * @param refs branches of the table
 * @param ledger entries, without how long they took
 * @param redis every key with its value, the marker's among them
 */
record FaultsState(
    List<String> rows, List<String> refs, List<LedgerEntry> ledger, Map<String, String> redis) {
  private static final String TABLE = "plumb.`shop`.`customer_orders__v1`";
  private static final int SHOWN = 5;

  static FaultsState of(FaultsProject project) {
    Path metadata = project.metadataCopy();
    try (Warehouse warehouse =
        Warehouse.local("shop", "jdbc:sqlite:" + metadata, project.warehouse(), 2)) {
      return new FaultsState(
          text(warehouse, "select * from " + TABLE),
          text(warehouse, "select name from " + TABLE + ".refs"),
          new RunLedger(MetadataDatabase.open(metadata), "shop").entries(FaultsProject.VIEW),
          project.redis());
    }
  }

  private static List<String> text(Warehouse warehouse, String query) {
    return warehouse.spark().sql(query).collectAsList().stream()
        .map((Row row) -> row.mkString("|"))
        .sorted()
        .toList();
  }

  /** What every part of it holds, as SHA-256. */
  Map<String, String> hashes() {
    return Map.of(
        "table", hash(rows),
        "refs", hash(refs),
        "ledger", hash(ledger),
        "marker and records", hash(redis.entrySet()));
  }

  /** What is here and not in {@code expected}, and the other way round; empty if all is equal. */
  String differencesFrom(FaultsState expected) {
    return String.join(
        "\n",
        Stream.of(
                differences("table", rows, expected.rows),
                differences("refs", refs, expected.refs),
                differences("ledger", ledger, expected.ledger),
                differences("Redis", redis.entrySet(), expected.redis.entrySet()))
            .flatMap(List::stream)
            .toList());
  }

  private static List<String> differences(
      String part, Collection<?> actual, Collection<?> expected) {
    List<String> found = new ArrayList<>();
    list(part + ", too much: ", less(actual, expected), found);
    list(part + ", missing: ", less(expected, actual), found);
    return found;
  }

  private static void list(String title, List<Object> all, List<String> into) {
    if (!all.isEmpty()) {
      into.add(title + all.size());
      all.stream().limit(SHOWN).forEach(each -> into.add("  " + each));
    }
  }

  /** As multisets: what is there twice counts twice. */
  private static List<Object> less(Collection<?> all, Collection<?> others) {
    Map<Object, Integer> counts = new HashMap<>();
    others.forEach(each -> counts.merge(each, 1, Integer::sum));
    List<Object> rest = new ArrayList<>();
    for (Object each : all) {
      if (counts.merge(each, -1, Integer::sum) < 0) {
        rest.add(each);
      }
    }
    return rest;
  }

  private static String hash(Collection<?> all) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Object each : all) {
        digest.update((each + "\n").getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
