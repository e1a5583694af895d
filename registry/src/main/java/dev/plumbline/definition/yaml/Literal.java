package dev.plumbline.definition.yaml;

import dev.plumbline.definition.ProblemCode;
import dev.plumbline.type.Bytes;
import dev.plumbline.type.CanonicalValue;
import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.yaml.Problems;
import dev.plumbline.yaml.Scalar;
import dev.plumbline.yaml.YamlValue;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads a value of a feature's type, such as a default. */
final class Literal {
  private final Problems problems;
  private final String what;
  private final DataType type;

  /**
   * A reader of one value.
   *
   * @param what it is, for messages: {@code the default of airport:flights_1d@1}
   */
  Literal(Problems problems, String what, DataType type) {
    this.problems = problems;
    this.what = what;
    this.type = type;
  }

  /** The canonical value; empty, and a problem, if it is not of the type. */
  Optional<Object> read(YamlValue value) {
    if (value.isNull()) {
      problems.add(
          value.where(),
          ProblemCode.BAD_VALUE
              .found("%s is null", what)
              .expected("a value of type %s", type)
              .remedy("leave it out"));
      return Optional.empty();
    }
    return type instanceof DataType.ArrayOf array
        ? array(value, array)
        : value.scalar().flatMap(this::scalar);
  }

  private Optional<Object> array(YamlValue value, DataType.ArrayOf array) {
    Optional<List<YamlValue>> written = value.list();
    if (written.isEmpty()) {
      return Optional.empty();
    }
    Literal element = new Literal(problems, what, array.element());
    List<Object> elements = new ArrayList<>();
    written.get().forEach(each -> element.read(each).ifPresent(elements::add));
    return elements.size() == written.get().size()
        ? Optional.of(List.copyOf(elements))
        : Optional.empty();
  }

  private Optional<Object> scalar(Scalar scalar) {
    try {
      Object value = parse(scalar);
      return Optional.of(Objects.requireNonNull(CanonicalValue.of(type, value)));
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      problems.add(
          scalar.where(),
          ProblemCode.BAD_VALUE
              .found("%s is '%s'", what, scalar.shown())
              .expected("a value of type %s%s", type, hint()));
      return Optional.empty();
    }
  }

  private Object parse(Scalar scalar) {
    String text = scalar.text();
    if (type instanceof DataType.Decimal decimal) {
      return new BigDecimal(text).setScale(decimal.scale());
    }
    return switch ((Primitive) type) {
      case BOOLEAN -> bool(scalar);
      case INT -> Integer.parseInt(text);
      case BIGINT -> Long.parseLong(text);
      case FLOAT -> (float) real(text);
      case DOUBLE -> real(text);
      case STRING -> string(scalar);
      case BINARY -> Bytes.owning(Base64.getDecoder().decode(text));
      case DATE -> LocalDate.parse(text);
      case TIMESTAMP -> OffsetDateTime.parse(text).toInstant();
    };
  }

  private static boolean bool(Scalar scalar) {
    if (!scalar.isBoolean()) {
      throw new IllegalArgumentException("not a boolean to YAML");
    }
    return Boolean.parseBoolean(scalar.text());
  }

  private static double real(String text) {
    return switch (text) {
      case ".nan", ".NaN", ".NAN" -> Double.NaN;
      case ".inf", "+.inf" -> Double.POSITIVE_INFINITY;
      case "-.inf" -> Double.NEGATIVE_INFINITY;
      default -> new BigDecimal(text).doubleValue();
    };
  }

  private static String string(Scalar scalar) {
    if (!scalar.isString()) {
      throw new IllegalArgumentException("not a string to YAML");
    }
    return scalar.text();
  }

  private String hint() {
    if (type == Primitive.STRING) {
      return ", in quotes";
    }
    return type == Primitive.BINARY ? ", in Base64" : "";
  }
}
