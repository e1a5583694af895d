package dev.plumbline.offline.source;

import dev.plumbline.definition.Complaint;
import dev.plumbline.definition.ProblemCode;
import dev.plumbline.definition.Source;
import dev.plumbline.definition.yaml.Refused;
import dev.plumbline.expression.ExpressionException;
import dev.plumbline.expression.RawColumns;
import dev.plumbline.expression.SparkTypes;
import dev.plumbline.offline.source.ColumnFit.Fits;
import dev.plumbline.offline.source.ColumnFit.Misfit;
import dev.plumbline.offline.source.ColumnFit.Part;
import dev.plumbline.offline.source.ColumnFit.Way;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.yaml.NearestName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Whether the declared columns of a source can be had from raw ones: the same for runs and checks.
 */
final class ColumnRule {
  private final Source source;
  private final RawColumns raw;

  ColumnRule(Source source, RawColumns raw) {
    this.source = source;
    this.raw = raw;
  }

  /** One for each declared column, in their order. */
  List<ColumnFit> fits() {
    return source.columns().stream().map(this::fit).toList();
  }

  private ColumnFit fit(Source.Column column) {
    if (column.expr().isEmpty() && !raw.names().contains(column.name())) {
      return new Misfit(column, Part.NAME, 0, missing(column));
    }
    try {
      return fit(column, found(column));
    } catch (ExpressionException e) {
      return new Misfit(column, Part.EXPR, e.offset(), Refused.complaint(e.refusal()));
    }
  }

  private DataType found(Source.Column column) {
    return column
        .expr()
        .map(raw::typeOf)
        .orElseGet(() -> raw.schema().apply(column.name()).dataType());
  }

  private ColumnFit fit(Source.Column column, DataType found) {
    DataType declared = SparkTypes.of(column.type());
    if (isLocal(found) && declared.equals(DataTypes.TimestampType)) {
      return new Fits(column, Way.OUT_OF_LOCAL_TIME);
    }
    if (found.equals(declared)) {
      return hidesZone(column)
          ? new Misfit(column, Part.TYPE, 0, hiddenZone(column))
          : new Fits(column, Way.AS_THEY_ARE);
    }
    if (source.format().isText() && column.expr().isEmpty() && isOfText(found)) {
      return new Fits(column, Way.OUT_OF_TEXT);
    }
    boolean wider = Cast.canUpCast(found, declared) && !declared.equals(DataTypes.StringType);
    return wider
        ? new Fits(column, Way.WIDENED)
        : new Misfit(column, Part.TYPE, 0, retyped(column, found));
  }

  private boolean isLocal(DataType found) {
    return found.equals(DataTypes.TimestampNTZType)
        || (found.equals(DataTypes.DateType) && source.zone().isPresent());
  }

  private static boolean isOfText(DataType type) {
    return type.equals(DataTypes.StringType)
        || (type instanceof ArrayType array && isOfText(array.elementType()));
  }

  /** An expression that makes an instant has chosen a zone already, and not the source's. */
  private boolean hidesZone(Source.Column column) {
    boolean made = column.expr().isPresent() && column.type() == Primitive.TIMESTAMP;
    return made && source.zone().isPresent();
  }

  private Complaint hiddenZone(Source.Column column) {
    return ProblemCode.BAD_EXPRESSION_TYPE
        .found(
            "column '%s': its expr makes an instant, which zone %s does not reach",
            column.name(), source.zone().orElseThrow())
        .expected("a timestamp without zone")
        .remedy("write to_timestamp_ntz, or cast to timestamp_ntz");
  }

  private static Complaint retyped(Source.Column column, DataType found) {
    return ProblemCode.TYPE_MISMATCH
        .found(
            "column '%s' is %s (declared: %s)",
            column.name(), found.sql().toLowerCase(Locale.ROOT), column.type())
        .remedy(
            found instanceof StructType nested && nested.nonEmpty()
                ? named(column, nested)
                : casted(column, found));
  }

  private static String named(Source.Column column, StructType nested) {
    String raw = column.expr().orElse(column.name());
    return "name the part that is meant: expr: %s.%s%s"
        .formatted(
            raw,
            nested.fieldNames()[0],
            column.type() == Primitive.STRING
                ? "; or take its text: expr: to_json(%s)".formatted(raw)
                : "");
  }

  private static String casted(Source.Column column, DataType found) {
    return "%scast it: expr: \"cast(%s as %s)\""
        .formatted(
            SparkTypes.find(found).isPresent() ? "declare that type, or " : "",
            column.expr().orElse(column.name()),
            column.type());
  }

  private Complaint missing(Source.Column column) {
    Complaint missing =
        ProblemCode.MISSING_COLUMN.found(
            "column '%s' (%s) is missing", column.name(), column.type());
    List<String> names = raw.names();
    Optional<String> other =
        names.stream().filter(name -> name.equalsIgnoreCase(column.name())).findFirst();
    if (other.isPresent()) {
      return missing.remedy(
          "the data has '%s', which differs in case: rename it, or write expr: %s",
          other.get(), other.get());
    }
    return missing.remedy(
        "%sthe data has %s",
        NearestName.of(column.name(), names)
            .map(near -> "did you mean '%s'? ".formatted(near))
            .orElse(""),
        names.isEmpty() ? "no columns" : String.join(", ", names));
  }
}
