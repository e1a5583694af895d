package dev.plumbline.offline;

import dev.plumbline.expression.SqlSettings;
import dev.plumbline.failure.InvalidException;
import dev.plumbline.offline.log.FeatureTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.SparkConf;

/**
 * The settings of a warehouse's Spark session: those of its own in this process; where {@code
 * spark-submit} started this process, its own beside ours; or ours beside those of a program that
 * lends its Spark.
 */
final class SessionSettings {
  private static final String MASTER = "spark.master";

  /** What a value means, and how it comes back from Spark. */
  private static final Map<String, String> MEANING = meaning();

  /** How rows lie in partitions and files; no value depends on it. */
  private static final Map<String, String> LAYOUT =
      Map.of(
          "spark.sql.shuffle.partitions", String.valueOf(FeatureTable.BUCKETS),
          "spark.sql.adaptive.coalescePartitions.enabled", "false",
          "spark.sql.iceberg.planning.preserve-data-grouping", "true",
          // Otherwise INT96, of which other readers do not know that it is in UTC.
          "spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");

  /** By Spark's defaults every row of a source is read, once, as it was written. */
  private static final Set<String> READING =
      Set.of(
          "spark.sql.files.ignoreCorruptFiles",
          "spark.sql.files.ignoreMissingFiles",
          "spark.files.ignoreCorruptFiles",
          "spark.files.ignoreMissingFiles",
          "spark.sql.parquet.binaryAsString",
          "spark.sql.parquet.datetimeRebaseModeInRead",
          "spark.sql.parquet.fieldId.read.enabled",
          "spark.sql.parquet.inferTimestampNTZ.enabled",
          "spark.sql.parquet.int96AsTimestamp",
          "spark.sql.parquet.int96RebaseModeInRead",
          "spark.sql.parquet.int96TimestampConversion");

  private static final String LEGACY = "spark.sql.legacy.";

  private final SparkConf given;

  /**
   * Settings beside these.
   *
   * @param given what this process was started with
   */
  SessionSettings(SparkConf given) {
    this.given = given;
  }

  private static Map<String, String> meaning() {
    Map<String, String> meaning = new TreeMap<>(SqlSettings.entries());
    meaning.put("spark.sql.datetime.java8API.enabled", "true");
    return Map.copyOf(meaning);
  }

  /** The cluster, or threads of a machine, that {@code spark-submit} names; absent without it. */
  Optional<String> submittedTo() {
    return given.contains(MASTER) ? Optional.of(given.get(MASTER)) : Optional.empty();
  }

  /**
   * What to set for a session, over what is given.
   *
   * @param threads of a Spark in this process; 0: as many as there are cores
   * @throws InvalidException if what is given would change values; it names all
   */
  Map<String, String> forSession(int threads) {
    rejectOtherMeaning();
    Map<String, String> settings = new TreeMap<>(MEANING);
    settings.putAll(LAYOUT);
    if (submittedTo().isEmpty()) {
      settings.put(MASTER, threads == 0 ? "local[*]" : "local[" + threads + "]");
      settings.put("spark.driver.host", "127.0.0.1");
      settings.put("spark.driver.bindAddress", "127.0.0.1");
      settings.put("spark.ui.enabled", "false");
    }
    return settings;
  }

  /**
   * What to set for a session beside that of a program which uses Spark for itself. Its own
   * settings are given; they stay as they are, and ours hold in ours.
   *
   * @throws InvalidException if one is given whose meaning nobody promises; it names all
   */
  Map<String, String> forSessionBeside() {
    List<String> problems = new ArrayList<>();
    for (var setting : given.getAll()) {
      // Tasks that compute for a query of the program read its settings, not ours.
      if (setting._1().startsWith(LEGACY) && !MEANING.containsKey(setting._1())) {
        problems.add("%s is '%s' (expected: not set)".formatted(setting._1(), setting._2()));
      }
    }
    reject(
        problems, "unset them in this session (spark.conf.unset), or open Plumbline with another");
    Map<String, String> settings = new TreeMap<>(MEANING);
    settings.putAll(LAYOUT);
    return settings;
  }

  private void rejectOtherMeaning() {
    List<String> problems = new ArrayList<>();
    for (var setting : given.getAll()) {
      String wanted = MEANING.get(setting._1());
      boolean other = wanted != null && !wanted.equalsIgnoreCase(setting._2().strip());
      if (other) {
        problems.add("%s is '%s' (expected: %s)".formatted(setting._1(), setting._2(), wanted));
      } else if (wanted == null && changesMeaning(setting._1())) {
        problems.add("%s is '%s' (expected: not set)".formatted(setting._1(), setting._2()));
      }
    }
    reject(problems, "take them out of --conf and spark-defaults.conf");
  }

  private static void reject(List<String> problems, String remedy) {
    if (!problems.isEmpty()) {
      throw new InvalidException(
          "settings of Spark that would change values: %s; %s"
              .formatted(String.join("; ", problems), remedy));
    }
  }

  private static boolean changesMeaning(String name) {
    return name.startsWith(LEGACY) || READING.contains(name);
  }
}
