package dev.plumbline.expression;

import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.ArrayOf;
import dev.plumbline.type.DataType.Decimal;
import dev.plumbline.type.DataType.Primitive;
import java.util.Optional;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/** The types that a definition can name, as Spark writes them. */
public final class SparkTypes {
  private SparkTypes() {}

  /** Spark's type of the same values; an array's may hold nulls. */
  public static org.apache.spark.sql.types.DataType of(DataType type) {
    if (type instanceof Decimal decimal) {
      return DataTypes.createDecimalType(decimal.precision(), decimal.scale());
    }
    if (type instanceof ArrayOf array) {
      return DataTypes.createArrayType(of(array.element()));
    }
    return switch ((Primitive) type) {
      case BOOLEAN -> DataTypes.BooleanType;
      case INT -> DataTypes.IntegerType;
      case BIGINT -> DataTypes.LongType;
      case FLOAT -> DataTypes.FloatType;
      case DOUBLE -> DataTypes.DoubleType;
      case STRING -> DataTypes.StringType;
      case BINARY -> DataTypes.BinaryType;
      case DATE -> DataTypes.DateType;
      case TIMESTAMP -> DataTypes.TimestampType;
    };
  }

  /** The inverse of {@link #of}; empty for a type that no definition can name. */
  public static Optional<DataType> find(org.apache.spark.sql.types.DataType type) {
    if (type instanceof DecimalType decimal) {
      return decimal.scale() < 0
          ? Optional.empty()
          : Optional.of(new Decimal(decimal.precision(), decimal.scale()));
    }
    if (type instanceof ArrayType array) {
      return find(array.elementType())
          .filter(element -> !(element instanceof ArrayOf))
          .map(ArrayOf::new);
    }
    for (Primitive primitive : Primitive.values()) {
      if (of(primitive).equals(type)) {
        return Optional.of(primitive);
      }
    }
    return Optional.empty();
  }
}
