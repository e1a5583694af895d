package dev.plumbline.law;

import dev.plumbline.client.FeatureRequest;
import dev.plumbline.expression.SparkTypes;
import dev.plumbline.offline.pointintime.PointInTimeJoin;
import dev.plumbline.type.Bytes;
import dev.plumbline.type.Field;
import dev.plumbline.type.Micros;
import dev.plumbline.vector.ServicePlan;
import dev.plumbline.vector.ServicePlan.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The same questions in two forms: as a request to a server, and as labels for the point-in-time
 * join.
 */
final class Questions {
  static final String NUMBER = "law_number";
  private static final String TIME = "law_time";
  private static final String MAX_AGE = "law_max_age";

  private Questions() {}

  static FeatureRequest ask(ServicePlan plan, List<SampleRow> sample) {
    FeatureRequest request = FeatureRequest.service(plan.name());
    for (int role = 0; role < plan.roles().size(); role++) {
      List<Field> fields = plan.roles().get(role).entity().keys();
      Map<String, List<Object>> keys = new LinkedHashMap<>();
      for (int key = 0; key < fields.size(); key++) {
        List<Object> values = new ArrayList<>();
        for (SampleRow row : sample) {
          values.add(row.keys().get(role).get(key));
        }
        keys.put(fields.get(key).name(), values);
      }
      request = request.entities(plan.roles().get(role).name(), keys);
    }
    for (int i = 0; i < plan.request().size(); i++) {
      List<@Nullable Object> values = new ArrayList<>();
      for (SampleRow row : sample) {
        values.add(external(row.request().get(i)));
      }
      request = request.requestValues(plan.request().get(i).name(), values);
    }
    return request;
  }

  /** The instant that a reply is true of, and the age that it allowed. */
  record At(Instant instant, Optional<Duration> maxAge) {}

  /** All questions as of the first of {@code instants}, then as of the second. */
  static PointInTimeJoin.Labels labels(
      SparkSession spark, ServicePlan plan, List<SampleRow> sample, List<At> instants) {
    StructType schema =
        new StructType()
            .add(NUMBER, DataTypes.LongType)
            .add(TIME, DataTypes.TimestampType)
            .add(MAX_AGE, DataTypes.LongType);
    Map<String, List<String>> columns = new LinkedHashMap<>();
    for (Role role : plan.roles()) {
      List<String> names = new ArrayList<>();
      for (Field key : role.entity().keys()) {
        names.add("law_%s_%s".formatted(role.name(), key.name()));
        schema = schema.add(names.get(names.size() - 1), SparkTypes.of(key.type()));
      }
      columns.put(role.name(), names);
    }
    for (Field field : plan.request()) {
      schema = schema.add(field.name(), SparkTypes.of(field.type()));
    }
    List<Row> rows = new ArrayList<>();
    for (At at : instants) {
      for (SampleRow row : sample) {
        rows.add(row(rows.size(), row, at));
      }
    }
    Dataset<Row> frame = spark.createDataFrame(rows, schema);
    return new PointInTimeJoin.Labels(frame, TIME, columns, Optional.of(MAX_AGE));
  }

  private static Row row(int number, SampleRow row, At at) {
    List<@Nullable Object> values = new ArrayList<>();
    values.add((long) number);
    values.add(at.instant());
    values.add(at.maxAge().isEmpty() ? null : Micros.of(at.maxAge().get()));
    row.keys().forEach(values::addAll);
    for (Object value : row.request()) {
      values.add(external(value));
    }
    return RowFactory.create(values.toArray());
  }

  /** A value as the client and Spark take it: binary is an array of bytes, in arrays too. */
  private static @Nullable Object external(@Nullable Object value) {
    if (value instanceof Bytes bytes) {
      return bytes.toByteArray();
    }
    if (value instanceof List<?> elements) {
      List<@Nullable Object> converted = new ArrayList<>();
      elements.forEach(element -> converted.add(external(element)));
      return converted;
    }
    return value;
  }
}
