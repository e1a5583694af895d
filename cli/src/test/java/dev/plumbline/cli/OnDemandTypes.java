package dev.plumbline.cli;

import dev.plumbline.law.SampleRow;
import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.ArrayOf;
import dev.plumbline.type.DataType.Decimal;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import dev.plumbline.type.Micros;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * On-demand views over a feature and a request value of every type, and questions to them: values
 * at the ends of their types, values that are sent in another form than they are kept in, nulls,
 * and inputs for which an expression has no value.
 */
final class OnDemandTypes {
  static final String SERVICE = "every_expression";

  /** The sample whose entity {@link #withoutValues} asks about. */
  static final int LARGEST = 2;

  private static final List<Field> COLUMNS = TypeSamples.columns();

  /** Expressions with a value for some inputs. None has one for those of {@link #withoutValues}. */
  private static final Map<String, String> PARTIAL = partial();

  private OnDemandTypes() {}

  private static Map<String, String> partial() {
    Map<String, String> expressions = new LinkedHashMap<>();
    expressions.put("sum", "thing.row_a_int + thing.row_a_int");
    expressions.put("product", "thing.row_a_bigint * asked_a_bigint");
    expressions.put("decimal_product", "thing.row_a_decimal_38_10 * asked_a_decimal_38_10");
    expressions.put("double_as_int", "cast(thing.row_a_double as int)");
    expressions.put("string_as_int", "cast(asked_a_string as int)");
    expressions.put("quotient", "thing.row_a_int / asked_a_int");
    expressions.put("whole_quotient", "thing.row_a_bigint div asked_a_int");
    expressions.put("remainder", "thing.row_a_double % asked_a_double");
    expressions.put("quotient_by_0", "thing.row_a_int / 0");
    expressions.put("whole_quotient_by_0", "thing.row_a_bigint div 0");
    expressions.put("remainder_by_0", "thing.row_a_int % 0");
    expressions.put("element", "thing.row_array_of_a_int[asked_a_int - 1]");
    expressions.put("element_from_1", "element_at(thing.row_array_of_a_string, asked_a_int)");
    return expressions;
  }

  /** Whether a feature of the service, by its reference, has one of the partial expressions. */
  static boolean isPartial(String reference) {
    return PARTIAL.containsKey(reference.replaceAll(".*:|@.*", ""));
  }

  /** The same expressions twice: absent inputs keep one view from evaluating, and not the other. */
  static String definitions() {
    return "---\n%s---\n%s---\nfeature_service: %s\nfeatures: [%s]\n"
        .formatted(
            view("strict", "propagate"),
            view("lenient", "null"),
            SERVICE,
            features().keySet().stream()
                .flatMap(name -> List.of("strict:" + name, "lenient:" + name).stream())
                .map(name -> name + "@1")
                .collect(Collectors.joining(", ")));
  }

  private static String view(String name, String onMissing) {
    return """
        on_demand_view: %s
        version: 1
        on_missing: %s
        inputs: [%s]
        request: [%s]
        features: [%s]
        """
        .formatted(
            name,
            onMissing,
            COLUMNS.stream()
                .map(column -> "thing:row_%s@1".formatted(column.name()))
                .collect(Collectors.joining(", ")),
            COLUMNS.stream()
                .map(
                    column ->
                        "{name: asked_%s, type: \"%s\"}".formatted(column.name(), column.type()))
                .collect(Collectors.joining(", ")),
            features().entrySet().stream()
                .map(each -> "{name: %s, expr: \"%s\"}".formatted(each.getKey(), each.getValue()))
                .collect(Collectors.joining(", ")));
  }

  private static Map<String, String> features() {
    Map<String, String> features = new LinkedHashMap<>(PARTIAL);
    for (Field column : COLUMNS) {
      String name = column.name();
      features.put("input_" + name, "thing.row_" + name);
      features.put("request_" + name, "asked_" + name);
      features.put("either_" + name, "coalesce(thing.row_%1$s, asked_%1$s)".formatted(name));
    }
    features.put("binary_as_string", "cast(thing.row_a_binary as string)");
    features.put("date_as_string", "cast(asked_a_date as string)");
    features.put("timestamp_as_string", "cast(asked_a_timestamp as string)");
    return features;
  }

  /**
   * A question to which no partial expression has an answer.
   *
   * @param key of an entity whose row is the sample {@link #LARGEST}
   */
  static SampleRow withoutValues(List<Object> key) {
    List<@Nullable Object> request = new ArrayList<>();
    for (Field column : COLUMNS) {
      Object largest = TypeSamples.value(column.type(), LARGEST);
      request.add(
          column.type() == Primitive.INT ? 0 : column.type() == Primitive.DOUBLE ? -0.0 : largest);
    }
    return new SampleRow(List.of(key), request);
  }

  /** Questions about some of these entities, each with request values of its own. */
  static List<SampleRow> rows(Random random, int count, List<List<Object>> keys) {
    List<SampleRow> rows = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      List<Object> key = keys.get(random.nextInt(keys.size()));
      List<@Nullable Object> request = new ArrayList<>();
      for (Field column : COLUMNS) {
        List<@Nullable Object> pool = pool(column.type());
        request.add(pool.get(random.nextInt(pool.size())));
      }
      rows.add(new SampleRow(List.of(key), request));
    }
    return rows;
  }

  private static List<@Nullable Object> pool(DataType type) {
    List<@Nullable Object> pool = new ArrayList<>(more(type));
    for (int row = 0; row < TypeSamples.ROWS; row++) {
      pool.add(TypeSamples.value(type, row));
    }
    return pool;
  }

  /** What no row of a source can be, or need not be in the form in which it is sent. */
  private static List<@Nullable Object> more(DataType type) {
    if (type instanceof ArrayOf array) {
      return Arrays.asList(more(array.element()), Arrays.<@Nullable Object>asList((Object) null));
    }
    if (type instanceof Decimal decimal) {
      return decimals(decimal);
    }
    return switch ((Primitive) type) {
      case BOOLEAN, BINARY -> List.of();
      case INT -> List.of(1, 2, 3, -3);
      case BIGINT -> List.of(1L, 2L, -1L);
      case FLOAT -> List.of(0.0f, Float.intBitsToFloat(0x7fc00001), -Float.MAX_VALUE, 1.5f);
      case DOUBLE ->
          List.of(
              0.0,
              Double.longBitsToDouble(0x7ff8000000000001L),
              Double.MAX_VALUE,
              Double.POSITIVE_INFINITY,
              2.5);
      case STRING -> List.of("12", " 7 ", "\uD800", "a\uDC00b", "e\u0301", "\uFFFD\u202E", "NaN");
      case DATE ->
          List.of(
              LocalDate.ofEpochDay(Integer.MAX_VALUE),
              LocalDate.ofEpochDay(Integer.MIN_VALUE),
              LocalDate.of(1, 1, 1),
              LocalDate.of(1582, 10, 10));
      case TIMESTAMP ->
          List.of(
              Micros.instant(Long.MAX_VALUE),
              Micros.instant(Long.MIN_VALUE),
              Instant.parse("0001-01-01T00:00:00Z"),
              Instant.parse("1969-12-31T23:59:59.123456789Z"),
              Instant.parse("2024-02-29T12:00:00.999999999Z"));
    };
  }

  /** Of other scales than the type's, and the largest. */
  private static List<@Nullable Object> decimals(Decimal type) {
    BigInteger nines = BigInteger.TEN.pow(type.precision()).subtract(BigInteger.ONE);
    List<@Nullable Object> decimals = new ArrayList<>();
    decimals.add(new BigDecimal(nines, type.scale()));
    decimals.add(new BigDecimal("1E+2"));
    decimals.add(new BigDecimal("3"));
    if (type.precision() < 38) { // with the nines, a column of a larger scale has too many digits
      decimals.add(new BigDecimal("2").setScale(type.scale() + 2));
    }
    return decimals;
  }
}
