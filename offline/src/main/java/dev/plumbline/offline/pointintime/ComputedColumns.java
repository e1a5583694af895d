package dev.plumbline.offline.pointintime;

import dev.plumbline.expression.CatalystValues;
import dev.plumbline.expression.SparkTypes;
import dev.plumbline.timeline.Status;
import dev.plumbline.type.DataType;
import dev.plumbline.type.Field;
import dev.plumbline.vector.Cell;
import dev.plumbline.vector.PortablePlan;
import dev.plumbline.vector.ServicePlan;
import dev.plumbline.vector.ServicePlan.Origin;
import dev.plumbline.vector.ServicePlan.Output;
import dev.plumbline.vector.ServicePlan.Slot;
import dev.plumbline.vector.VectorAssembler;
import dev.plumbline.vector.VectorAssembly;
import dev.plumbline.vector.ViewAnswer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Adds to the answers beside each label the values and statuses of on-demand features, computed by
 * the assembly that the server uses.
 */
final class ComputedColumns implements Serializable {
  private static final long serialVersionUID = 1;

  private final PortablePlan portable;
  private transient @Nullable ServicePlan resolved;

  /**
   * On-demand features of a plan.
   *
   * @param plan what {@code portable} resolves to
   */
  ComputedColumns(PortablePlan portable, ServicePlan plan) {
    this.portable = portable;
    this.resolved = plan;
  }

  /** Where the value of an on-demand feature stands. */
  static String value(Origin.Computed origin) {
    return PointInTimeJoin.OWN + "computed_%d_%d".formatted(origin.step(), origin.feature());
  }

  /** Where its status stands. */
  static String status(Origin.Computed origin) {
    return value(origin) + "_status";
  }

  /** Resolved again by each task, since a task gets a copy of its own. */
  private ServicePlan plan() {
    if (resolved == null) {
      resolved = portable.resolve();
    }
    return resolved;
  }

  /**
   * Adds the columns.
   *
   * @param joined with the answers of each of the plan's reads, and the request values
   */
  Dataset<Row> addTo(Dataset<Row> joined) {
    if (plan().steps().isEmpty()) {
      return joined;
    }
    Positions positions = new Positions(joined.schema());
    StructType schema = joined.schema();
    for (Output output : computed()) {
      Origin.Computed origin = (Origin.Computed) output.origin();
      schema =
          schema
              .add(value(origin), SparkTypes.of(output.type()), true)
              .add(status(origin), DataTypes.StringType, false);
    }
    var rows =
        joined
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitions(partition -> withComputed(partition, positions));
    var spark = (org.apache.spark.sql.classic.SparkSession) joined.sparkSession();
    return spark.internalCreateDataFrame(rows.rdd(), schema, false);
  }

  private List<Output> computed() {
    return new JoinColumns(plan()).computed();
  }

  private Iterator<InternalRow> withComputed(Iterator<InternalRow> rows, Positions positions) {
    VectorAssembler assembler = new VectorAssembly(plan()).assembler();
    List<Output> computed = computed();
    @Nullable Object[] columns = new @Nullable Object[2 * computed.size()];
    JoinedRow joined = new JoinedRow();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public InternalRow next() {
        InternalRow row = rows.next();
        compute(row, positions, assembler, computed, columns);
        return joined.apply(row, new GenericInternalRow(columns));
      }
    };
  }

  private void compute(
      InternalRow row,
      Positions at,
      VectorAssembler assembler,
      List<Output> computed,
      @Nullable Object[] columns) {
    List<ViewAnswer> answers = new ArrayList<>(plan().reads().size());
    for (int read = 0; read < plan().reads().size(); read++) {
      answers.add(at.answer(row, read));
    }
    List<List<Cell>> cells = assembler.computed(answers, at.request(row));
    for (int i = 0; i < computed.size(); i++) {
      Origin.Computed origin = (Origin.Computed) computed.get(i).origin();
      Cell cell = cells.get(origin.step()).get(origin.feature());
      columns[2 * i] = CatalystValues.toCatalyst(computed.get(i).type(), cell.value());
      columns[2 * i + 1] = UTF8String.fromString(cell.status().name());
    }
  }

  /** Where in a joined row the answers that are taken in and the request values stand. */
  private final class Positions implements Serializable {
    private static final long serialVersionUID = 1;

    private final int[] statuses;
    private final int[][] values;
    private final int[] requests;

    Positions(StructType joined) {
      statuses = new int[plan().reads().size()];
      values = new int[statuses.length][];
      for (int read = 0; read < statuses.length; read++) {
        statuses[read] = joined.fieldIndex(RoleRead.statusColumn(read));
        values[read] = new int[plan().reads().get(read).view().features().size()];
        Arrays.fill(values[read], -1);
      }
      for (Slot slot : plan().steps().stream().flatMap(step -> step.inputs().stream()).toList()) {
        values[slot.read()][slot.feature()] =
            joined.fieldIndex(RoleRead.valueColumn(slot.read(), slot.feature()));
      }
      requests = new int[plan().request().size()];
      Arrays.setAll(requests, i -> joined.fieldIndex(PointInTimeJoin.request(i)));
    }

    ViewAnswer answer(InternalRow row, int read) {
      Status status = Status.valueOf(row.getUTF8String(statuses[read]).toString());
      if (status != Status.PRESENT) {
        return ViewAnswer.without(status);
      }
      List<Field> fields = plan().reads().get(read).view().fields();
      @Nullable Object[] found = new @Nullable Object[fields.size()];
      for (int i = 0; i < found.length; i++) {
        found[i] = values[read][i] < 0 ? null : value(row, values[read][i], fields.get(i).type());
      }
      return ViewAnswer.present(Collections.unmodifiableList(Arrays.asList(found)));
    }

    List<@Nullable Object> request(InternalRow row) {
      List<@Nullable Object> values = new ArrayList<>(requests.length);
      for (int i = 0; i < requests.length; i++) {
        values.add(value(row, requests[i], plan().request().get(i).type()));
      }
      return values;
    }

    private @Nullable Object value(InternalRow row, int at, DataType type) {
      return CatalystValues.toCanonical(type, row.get(at, SparkTypes.of(type)));
    }
  }
}
