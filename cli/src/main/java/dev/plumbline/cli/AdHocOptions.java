package dev.plumbline.cli;

import dev.plumbline.definition.FeatureRef;
import dev.plumbline.offline.dataset.AdHocDataset;
import dev.plumbline.type.DataType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of a dataset that has no definition. */
final class AdHocOptions {
  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "Labels: Parquet, CSV with a header, or JSON lines, by the file's ending.")
  private @Nullable Path labels;

  @Option(
      names = "--time",
      paramLabel = "COLUMN",
      description = "The label column that says when the model would have asked.")
  private @Nullable String time;

  @Option(
      names = "--features",
      paramLabel = "REFERENCE",
      split = ",",
      arity = "1..*",
      description = "Features, such as airport:flights_1d@1, with a comma or a blank between them.")
  private List<String> features = new ArrayList<>();

  @Option(
      names = "--role",
      paramLabel = "ROLE=ENTITY",
      description = "A role with a name of its own, such as origin=airport.")
  private Map<String, String> roles = new LinkedHashMap<>();

  @Option(
      names = "--key",
      paramLabel = "ROLE.KEY=COLUMN",
      description = "The label column that holds a key; otherwise the one of the key's name.")
  private Map<String, String> keys = new LinkedHashMap<>();

  @Option(
      names = "--type",
      paramLabel = "COLUMN=TYPE",
      description = "The type of another label column of CSV or JSON; otherwise string.")
  private Map<String, String> types = new LinkedHashMap<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the files go; it must not exist, or be empty.")
  private @Nullable Path out;

  boolean areGiven() {
    return labels != null
        || time != null
        || out != null
        || !features.isEmpty()
        || !roles.isEmpty()
        || !keys.isEmpty()
        || !types.isEmpty();
  }

  /** Refuses what cannot be a whole dataset, before anything is opened. */
  void rejectIncomplete() {
    require("--labels FILE", labels != null);
    require("--time COLUMN", time != null);
    require("--features REFERENCE,...", !features.isEmpty());
    require("--out DIR", out != null);
    dataset();
  }

  private static void require(String option, boolean given) {
    if (!given) {
      throw new UsageException(
          "a dataset without a definition needs %s too (expected: --labels, --time, --features and --out)"
              .formatted(option));
    }
  }

  AdHocDataset dataset() {
    return new AdHocDataset(
        Objects.requireNonNull(labels, "labels"),
        Objects.requireNonNull(time, "time"),
        features.stream().map(String::strip).map(AdHocOptions::reference).toList(),
        roles,
        keys,
        parsed(types));
  }

  Path out() {
    return Objects.requireNonNull(out, "out");
  }

  private static String reference(String text) {
    if (FeatureRef.parse(text).isEmpty()) {
      throw new UsageException(
          "--features: '%s' is no reference (expected: role:feature@version, such as airport:flights_1d@1)"
              .formatted(text));
    }
    return text;
  }

  private static Map<String, DataType> parsed(Map<String, String> texts) {
    Map<String, DataType> types = new LinkedHashMap<>();
    texts.forEach(
        (column, text) -> {
          try {
            types.put(column, DataType.parse(text));
          } catch (IllegalArgumentException e) {
            throw new UsageException("--type " + column + ": " + e.getMessage());
          }
        });
    return types;
  }
}
