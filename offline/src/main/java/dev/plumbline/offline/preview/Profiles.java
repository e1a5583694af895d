package dev.plumbline.offline.preview;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import dev.plumbline.expression.SparkNames;
import dev.plumbline.offline.preview.FeatureProfile.Spread;
import dev.plumbline.offline.preview.FeatureProfile.Word;
import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import dev.plumbline.type.Micros;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts everything about the features of some rows, in two passes over them. */
final class Profiles {
  /** So many bins are seen in the width of a cell, and tell a hump from two. */
  static final int BINS = 20;

  private static final int MOST_WORDS = 5;

  /** Of so many different words every count is exact. */
  private static final int WORDS_TRACKED = 10_000;

  private final Dataset<Row> rows;
  private final List<Field> features;

  /**
   * Of these rows.
   *
   * @param features the names and types of columns of {@code rows}, which is best cached
   */
  Profiles(Dataset<Row> rows, List<Field> features) {
    this.rows = rows;
    this.features = features;
  }

  /** How many rows there are, and a profile of each feature. */
  record Counted(long rows, List<FeatureProfile> features) {}

  Counted counted() {
    List<Column> asked = new ArrayList<>();
    features.forEach(feature -> asked.addAll(asked(feature)));
    Row found = rows.agg(count(lit(1)), asked.toArray(Column[]::new)).first();
    List<Bins> bins = new ArrayList<>();
    for (int i = 0; i < features.size(); i++) {
      bins.add(Bins.of(features.get(i), found, position(i)));
    }
    List<List<Long>> histograms = histograms(bins);
    List<FeatureProfile> profiles = new ArrayList<>();
    for (int i = 0; i < features.size(); i++) {
      profiles.add(profile(features.get(i), found, position(i), histograms.get(i)));
    }
    return new Counted(found.getLong(0), profiles);
  }

  /** Where the answers of a feature begin. */
  private static int position(int feature) {
    return 1 + feature * ASKED;
  }

  /** How many things are asked of each feature. */
  private static final int ASKED = 6;

  /** How many are not null, least, greatest, mean, how many are NaN, the most frequent. */
  private static List<Column> asked(Field feature) {
    Column value = SparkNames.column(feature.name());
    Column measure = measure(feature);
    Column number = when(not(isnan(measure)), measure);
    Column words =
        isWord(feature.type())
            ? call_function("approx_top_k", value, lit(MOST_WORDS), lit(WORDS_TRACKED))
            : lit(null);
    return List.of(
        count(value), min(number), max(number), avg(number), count_if(isnan(measure)), words);
  }

  /** A feature as a double: the number, the length, the moment; null where it is none. */
  private static Column measure(Field feature) {
    Column value = SparkNames.column(feature.name());
    Column measure =
        switch (Shape.of(feature.type())) {
          case NUMBER -> value;
          case TIME -> feature.type() == Primitive.DATE ? unix_date(value) : unix_micros(value);
          case LENGTH -> feature.type() == Primitive.BINARY ? length(value) : size(value);
          case WORD -> lit(null);
        };
    return measure.cast("double");
  }

  /** What can be said of values of a type. */
  enum Shape {
    NUMBER,
    TIME,
    WORD,
    LENGTH;

    static Shape of(DataType type) {
      if (!(type instanceof Primitive primitive)) {
        return type instanceof DataType.Decimal ? NUMBER : LENGTH;
      }
      return switch (primitive) {
        case INT, BIGINT, FLOAT, DOUBLE -> NUMBER;
        case DATE, TIMESTAMP -> TIME;
        case STRING, BOOLEAN -> WORD;
        case BINARY -> LENGTH;
      };
    }
  }

  private static boolean isWord(DataType type) {
    return Shape.of(type) == Shape.WORD;
  }

  private List<List<Long>> histograms(List<Bins> bins) {
    List<Column> numbers = new ArrayList<>();
    for (int i = 0; i < features.size(); i++) {
      numbers.add(bins.get(i).number(measure(features.get(i))));
    }
    long[][] counts = new long[features.size()][];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new long[bins.get(i).count()];
    }
    Dataset<Row> placed =
        rows.select(posexplode(array(numbers.toArray(Column[]::new))))
            .where(col("col").isNotNull())
            .groupBy(col("pos"), col("col"))
            .count();
    for (Row bin : placed.collectAsList()) {
      counts[bin.getInt(0)][bin.getInt(1) - 1] = bin.getLong(2);
    }
    return List.of(counts).stream().map(each -> LongStream.of(each).boxed().toList()).toList();
  }

  /**
   * Where the bins of a feature lie: {@code count} of one width between two bounds.
   *
   * @param count 0 if there are none
   */
  private record Bins(double from, double to, int count) {
    static final Bins NONE = new Bins(0, 0, 0);

    static Bins of(Field feature, Row found, int at) {
      if (found.isNullAt(at + 1)) {
        return NONE;
      }
      double least = found.getDouble(at + 1);
      double greatest = found.getDouble(at + 2);
      if (Double.isInfinite(least) || Double.isInfinite(greatest - least)) {
        return NONE;
      }
      boolean few = isWhole(feature.type()) && greatest - least < BINS;
      if (few) {
        return new Bins(least, greatest + 1, (int) (greatest - least) + 1);
      }
      return least == greatest ? new Bins(least, least + 1, 1) : new Bins(least, greatest, BINS);
    }

    private static boolean isWhole(DataType type) {
      return type == Primitive.INT || type == Primitive.BIGINT || Shape.of(type) == Shape.LENGTH;
    }

    /** In which bin a value lies, from 1; null for none. The last bin has its upper bound too. */
    Column number(Column measure) {
      if (count == 0) {
        return lit(null).cast("int");
      }
      Column bin = call_function("width_bucket", measure, lit(from), lit(to), lit((long) count));
      Column last = lit((long) count);
      return when(bin.gt(last), last).otherwise(bin).cast("int");
    }
  }

  private static FeatureProfile profile(Field feature, Row found, int at, List<Long> histogram) {
    long values = found.getLong(at);
    return new FeatureProfile(
        feature, found.getLong(0) - values, values, spread(feature, found, at, histogram));
  }

  private static Spread spread(Field feature, Row found, int at, List<Long> histogram) {
    Shape shape = Shape.of(feature.type());
    if (shape == Shape.WORD) {
      List<Row> most = found.isNullAt(at + 5) ? List.of() : found.getList(at + 5);
      return new Spread.Words(
          most.stream()
              .filter(word -> !word.isNullAt(0))
              .map(word -> new Word(word.get(0), word.getLong(1)))
              .toList());
    }
    if (found.isNullAt(at + 1)) {
      return new Spread.Unknown();
    }
    double least = found.getDouble(at + 1);
    double greatest = found.getDouble(at + 2);
    return shape == Shape.TIME
        ? new Spread.Times(moment(feature, least), moment(feature, greatest), histogram)
        : new Spread.Numbers(
            least, greatest, found.getDouble(at + 3), found.getLong(at + 4), histogram);
  }

  /** Moments that a double tells apart: those of the next 250 years. */
  private static Object moment(Field feature, double measure) {
    return feature.type() == Primitive.DATE
        ? LocalDate.ofEpochDay((long) measure)
        : Micros.instant((long) measure);
  }
}
