package dev.plumbline.offline.pointintime;

import dev.plumbline.expression.CatalystValues;
import dev.plumbline.expression.SparkTypes;
import dev.plumbline.timeline.Status;
import dev.plumbline.type.DataType;
import dev.plumbline.type.Field;
import dev.plumbline.vector.Cell;
import dev.plumbline.vector.PortablePlan;
import dev.plumbline.vector.ServicePlan;
import dev.plumbline.vector.ServicePlan.Output;
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
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Turns the answers beside each label into the columns of a training dataset, by the assembly that
 * the server uses.
 */
final class VectorColumns implements Serializable {
  private static final long serialVersionUID = 1;

  private final PortablePlan portable;
  private final StructType labels;
  private transient @Nullable ServicePlan resolved;

  /**
   * @param plan what {@code portable} resolves to
   */
  VectorColumns(PortablePlan portable, ServicePlan plan, StructType labels) {
    this.portable = portable;
    this.resolved = plan;
    this.labels = labels;
  }

  /** Resolved again by each task, since a task gets a copy of its own. */
  private ServicePlan plan() {
    if (resolved == null) {
      resolved = portable.resolve();
    }
    return resolved;
  }

  /**
   * @param joined the labels' columns, and the answers of each of the plan's reads
   */
  Dataset<Row> assemble(Dataset<Row> joined) {
    Positions positions = new Positions(joined.schema());
    StructType schema = schema();
    var rows =
        joined
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitions(partition -> vectors(partition, positions));
    var spark = (org.apache.spark.sql.classic.SparkSession) joined.sparkSession();
    return spark.internalCreateDataFrame(rows.rdd(), schema, false);
  }

  private StructType schema() {
    JoinColumns names = new JoinColumns(plan());
    StructType schema = labels;
    for (Output output : plan().outputs()) {
      schema = schema.add(names.value(output), SparkTypes.of(output.type()), true);
    }
    for (ServicePlan.Read read : plan().reads()) {
      schema = schema.add(names.status(read), DataTypes.StringType, false);
    }
    for (Output output : names.computed()) {
      schema = schema.add(names.status(output), DataTypes.StringType, false);
    }
    return schema;
  }

  private Iterator<InternalRow> vectors(Iterator<InternalRow> rows, Positions positions) {
    VectorAssembler assembler = new VectorAssembly(plan()).assembler();
    List<Integer> computed =
        new JoinColumns(plan()).computed().stream().map(plan().outputs()::indexOf).toList();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public InternalRow next() {
        return vector(rows.next(), positions, assembler, computed);
      }
    };
  }

  private InternalRow vector(
      InternalRow row, Positions at, VectorAssembler assembler, List<Integer> computed) {
    List<ViewAnswer> answers = new ArrayList<>(plan().reads().size());
    for (int read = 0; read < plan().reads().size(); read++) {
      answers.add(at.answer(row, read));
    }
    List<Cell> cells = assembler.assemble(answers, at.request(row));
    List<@Nullable Object> columns = new ArrayList<>();
    StructField[] fields = labels.fields();
    for (int i = 0; i < fields.length; i++) {
      columns.add(row.isNullAt(i) ? null : InternalRow.copyValue(row.get(i, fields[i].dataType())));
    }
    for (int i = 0; i < cells.size(); i++) {
      columns.add(CatalystValues.toCatalyst(plan().outputs().get(i).type(), cells.get(i).value()));
    }
    answers.forEach(answer -> columns.add(UTF8String.fromString(answer.status().name())));
    computed.forEach(
        output -> columns.add(UTF8String.fromString(cells.get(output).status().name())));
    return new GenericInternalRow(columns.toArray());
  }

  /** Where in a joined row the answers and the request values stand. */
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
        for (int feature : plan().featuresOf(read)) {
          values[read][feature] = joined.fieldIndex(RoleRead.valueColumn(read, feature));
        }
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
  }

  private static @Nullable Object value(InternalRow row, int at, DataType type) {
    return CatalystValues.toCanonical(type, row.get(at, SparkTypes.of(type)));
  }
}
