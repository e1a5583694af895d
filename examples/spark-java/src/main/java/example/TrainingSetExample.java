package example;

import dev.plumbline.spark.Plumbline;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** What a model would have been told about two flights; the argument is the project's folder. */
public final class TrainingSetExample {
  private TrainingSetExample() {}

  public static void main(String[] arguments) throws IOException {
    try (SparkSession spark = SparkSession.builder().appName("training set").getOrCreate()) {
      Dataset<Row> training =
          Plumbline.open(spark, arguments[0])
              .trainingSet(labels(spark))
              .time("asked_at")
              .service("delay_model")
              .key("origin", "code", "origin")
              .key("destination", "code", "destination")
              .build();
      training.toJSON().collectAsList().stream().sorted().forEach(System.out::println);
    }
  }

  private static Dataset<Row> labels(SparkSession spark) {
    StructType columns =
        StructType.fromDDL(
            "asked_at timestamp, origin string, destination string, minutes_to_departure int, late boolean");
    return spark.createDataFrame(
        List.of(
            RowFactory.create(Instant.parse("2001-06-14T08:00:00Z"), "ATL", "ORD", 90, false),
            RowFactory.create(Instant.parse("2001-06-14T17:30:00Z"), "ORD", "XYZ", 45, true)),
        columns);
  }
}
