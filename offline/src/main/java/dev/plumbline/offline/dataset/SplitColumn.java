package dev.plumbline.offline.dataset;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.shiftrightunsigned;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.plumbline.definition.DatasetDefinition;
import dev.plumbline.definition.DatasetDefinition.Split;
import dev.plumbline.expression.SparkNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;

/** Says which split a label falls into, from nothing but columns of the label. */
final class SplitColumn {
  /** Its name in a dataset, and that of the folders of its files. */
  static final String NAME = "split";

  static final List<String> SPLITS = List.of("train", "validation", "test");

  /** So many bits of a hash make a double between 0 and 1, evenly. */
  private static final int BITS = 53;

  private final DatasetDefinition definition;
  private final LabelRows.Counts counts;

  SplitColumn(DatasetDefinition definition, LabelRows.Counts counts) {
    this.definition = definition;
    this.counts = counts;
  }

  Column column() {
    Optional<Split> split = definition.split();
    if (split.isEmpty()) {
      return lit(SPLITS.get(0));
    }
    return split.get().by() instanceof Split.Key key
        ? byKey(split.get(), key)
        : byTime(split.get());
  }

  /** Labels of one instant stay together, so shares are as near as that allows. */
  private Column byTime(Split split) {
    Column instant = unix_micros(SparkNames.column(definition.labels().time()));
    return when(lit(split.train() > 0).and(instant.leq(lit(counts.ends().get(0)))), SPLITS.get(0))
        .when(instant.leq(lit(counts.ends().get(1))), SPLITS.get(1))
        .otherwise(SPLITS.get(2));
  }

  private Column byKey(Split split, Split.Key key) {
    List<Column> hashed = new ArrayList<>(List.of(lit(key.seed())));
    keyColumns(key.name()).forEach(name -> hashed.add(SparkNames.column(name)));
    Column place =
        shiftrightunsigned(xxhash64(hashed.toArray(Column[]::new)), Long.SIZE - BITS)
            .cast("double")
            .multiply(lit(Math.scalb(1.0, -BITS)));
    // Shares that are 0 get nothing, whatever the sum of the others was rounded to.
    double rest = split.test() > 0 ? split.train() + split.validation() : 1;
    double train = split.validation() > 0 ? split.train() : rest;
    return when(place.lt(lit(train)), SPLITS.get(0))
        .when(place.lt(lit(rest)), SPLITS.get(1))
        .otherwise(SPLITS.get(2));
  }

  /** The columns of a role's key, in the order of their names there; or the column itself. */
  private List<String> keyColumns(String name) {
    Map<String, String> ofRole = definition.labels().keys().get(name);
    return ofRole == null
        ? List.of(name)
        : ofRole.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(Map.Entry::getValue)
            .toList();
  }
}
