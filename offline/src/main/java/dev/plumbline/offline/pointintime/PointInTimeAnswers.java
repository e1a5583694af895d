package dev.plumbline.offline.pointintime;

import dev.plumbline.expression.CatalystValues;
import dev.plumbline.expression.SparkTypes;
import dev.plumbline.timeline.Status;
import dev.plumbline.vector.Cell;
import dev.plumbline.vector.PortablePlan;
import dev.plumbline.vector.ServicePlan;
import dev.plumbline.vector.ServicePlan.Origin;
import dev.plumbline.vector.ServicePlan.Output;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/**
 * Point-in-time answers cell by cell, in the form in which a server gives them, for programs that
 * compare the two.
 */
public final class PointInTimeAnswers {
  private final PortablePlan portable;
  private final ViewLogs logs;

  public PointInTimeAnswers(PortablePlan plan, ViewLogs logs) {
    this.portable = plan;
    this.logs = logs;
  }

  /**
   * The cells of each label, one per output of the plan.
   *
   * @param labels at most as many as fit into memory
   * @param number a bigint column that numbers the labels from 0; the answers come in its order
   */
  public List<List<Cell>> of(PointInTimeJoin.Labels labels, String number) {
    ServicePlan plan = portable.resolve();
    Dataset<Row> joined =
        new PointInTimeJoin(portable, logs).join(labels).orderBy(PointInTimeJoin.quoted(number));
    Columns columns = new Columns(plan, List.of(joined.columns()));
    List<List<Cell>> answers = new ArrayList<>();
    for (InternalRow row : joined.queryExecution().executedPlan().executeCollect()) {
      answers.add(columns.cells(row));
    }
    return answers;
  }

  /** Where the plan's outputs stand in a joined row. */
  private record Columns(ServicePlan plan, List<String> names) {
    List<Cell> cells(InternalRow row) {
      List<Cell> cells = new ArrayList<>();
      for (Output output : plan.outputs()) {
        int at = names.indexOf(new JoinColumns(plan).value(output));
        Object value =
            CatalystValues.toCanonical(output.type(), row.get(at, SparkTypes.of(output.type())));
        cells.add(new Cell(status(row, output, value), value));
      }
      return cells;
    }

    private Status status(InternalRow row, Output output, @Nullable Object value) {
      JoinColumns columns = new JoinColumns(plan);
      if (output.origin() instanceof Origin.Stored stored) {
        return status(row, columns.status(plan.reads().get(stored.slot().read()))).ofValue(value);
      }
      return status(row, columns.status(output));
    }

    private Status status(InternalRow row, String column) {
      return Status.valueOf(row.getUTF8String(names.indexOf(column)).toString());
    }
  }
}
