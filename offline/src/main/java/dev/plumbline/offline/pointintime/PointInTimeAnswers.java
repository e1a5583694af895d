package dev.plumbline.offline.pointintime;

import dev.plumbline.expression.CatalystValues;
import dev.plumbline.expression.SparkNames;
import dev.plumbline.expression.SparkTypes;
import dev.plumbline.timeline.Status;
import dev.plumbline.type.DataType;
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
    PointInTimeJoin join = new PointInTimeJoin(portable);
    Dataset<Row> joined = join.join(labels, logs).orderBy(SparkNames.quoted(number));
    List<OutputColumns> outputs = outputs(join.plan(), List.of(joined.columns()));
    List<List<Cell>> answers = new ArrayList<>();
    for (InternalRow row : joined.queryExecution().executedPlan().executeCollect()) {
      answers.add(outputs.stream().map(output -> output.cell(row)).toList());
    }
    return answers;
  }

  private static List<OutputColumns> outputs(ServicePlan plan, List<String> columns) {
    JoinColumns names = new JoinColumns(plan);
    List<OutputColumns> outputs = new ArrayList<>();
    for (Output output : plan.outputs()) {
      String status =
          output.origin() instanceof Origin.Stored stored
              ? names.status(plan.reads().get(stored.slot().read()))
              : names.status(output);
      outputs.add(
          new OutputColumns(output, columns.indexOf(names.value(output)), columns.indexOf(status)));
    }
    return outputs;
  }

  /** Where in a joined row the value and the status of an output stand. */
  private record OutputColumns(Output output, int value, int status) {
    Cell cell(InternalRow row) {
      DataType type = output.type();
      Object found = CatalystValues.toCanonical(type, row.get(value, SparkTypes.of(type)));
      Status read = Status.valueOf(row.getUTF8String(status).toString());
      return new Cell(output.origin() instanceof Origin.Stored ? read.ofValue(found) : read, found);
    }
  }
}
