package dev.plumbline.offline.pointintime;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import dev.plumbline.expression.CatalystValues;
import dev.plumbline.expression.SparkNames;
import dev.plumbline.expression.SparkTypes;
import dev.plumbline.timeline.Status;
import dev.plumbline.type.DataType;
import dev.plumbline.vector.ServicePlan;
import dev.plumbline.vector.ServicePlan.Origin;
import dev.plumbline.vector.ServicePlan.Output;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.classic.ExpressionUtils;

/** Chooses and names the columns of a training dataset, and puts defaults where they stand in. */
final class VectorColumns {
  private static final Object[] ABSENT =
      Arrays.stream(Status.values()).filter(Status::isAbsent).map(Status::name).toArray();

  private final ServicePlan plan;
  private final JoinColumns names;

  VectorColumns(ServicePlan plan) {
    this.plan = plan;
    this.names = new JoinColumns(plan);
  }

  /**
   * The columns of {@code labels}, then the values and statuses of the plan.
   *
   * @param answered with the answers of each read of the plan, and what {@link ComputedColumns}
   *     adds
   */
  Dataset<Row> of(Dataset<Row> answered, String[] labels) {
    List<Column> columns = new ArrayList<>();
    for (String label : labels) {
      columns.add(SparkNames.column(label));
    }
    for (Output output : plan.outputs()) {
      columns.add(value(output).as(names.value(output)));
    }
    for (int read = 0; read < plan.reads().size(); read++) {
      columns.add(col(RoleRead.statusColumn(read)).as(names.status(plan.reads().get(read))));
    }
    for (Output output : names.computed()) {
      columns.add(col(status(output)).as(names.status(output)));
    }
    return answered.select(columns.toArray(Column[]::new));
  }

  private Column value(Output output) {
    Column value = col(column(output.origin()));
    return output
        .whenAbsent()
        .map(
            absent ->
                when(col(status(output)).isin(ABSENT), literal(output.type(), absent))
                    .otherwise(value))
        .orElse(value);
  }

  private static String column(Origin origin) {
    return origin instanceof Origin.Stored stored
        ? RoleRead.valueColumn(stored.slot().read(), stored.slot().feature())
        : ComputedColumns.value((Origin.Computed) origin);
  }

  private static String status(Output output) {
    return output.origin() instanceof Origin.Stored stored
        ? RoleRead.statusColumn(stored.slot().read())
        : ComputedColumns.status((Origin.Computed) output.origin());
  }

  private static Column literal(DataType type, Object value) {
    return ExpressionUtils.column(
        Literal.create(CatalystValues.toCatalyst(type, value), SparkTypes.of(type)));
  }
}
