package dev.plumbline.online;

import dev.plumbline.online.FeatureQuery.RequestColumn;
import dev.plumbline.store.ReadBatch;
import dev.plumbline.timeline.Status;
import dev.plumbline.vector.Cell;
import dev.plumbline.vector.ServicePlan.Origin;
import dev.plumbline.vector.VectorAssembler;
import dev.plumbline.vector.ViewAnswer;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the on-demand features of a query are, row by row.
 *
 * @param rows for each row, for each step of the plan, one cell per feature of the step
 */
record ComputedCells(List<List<List<Cell>>> rows) {
  private static final ComputedCells NONE = new ComputedCells(List.of());

  static ComputedCells of(FeatureQuery query, ReadBatch batch, EntityAnswers answers) {
    if (query.prepared().plan().steps().isEmpty()) {
      return NONE;
    }
    List<List<List<Cell>>> rows = new ArrayList<>(query.rows());
    query
        .prepared()
        .assemblers()
        .run(assembler -> evaluate(query, batch, answers, assembler, rows));
    return new ComputedCells(rows);
  }

  private static void evaluate(
      FeatureQuery query,
      ReadBatch batch,
      EntityAnswers answers,
      VectorAssembler assembler,
      List<List<List<Cell>>> rows) {
    List<ViewAnswer> views = new ArrayList<>();
    List<@Nullable Object> requestValues = new ArrayList<>();
    for (int row = 0; row < query.rows(); row++) {
      views.clear();
      for (int[] entities : query.entities()) {
        views.add(answer(batch, answers, entities[row]));
      }
      requestValues.clear();
      for (RequestColumn column : query.requestValues()) {
        requestValues.add(column.get(row));
      }
      rows.add(assembler.computed(views, requestValues));
    }
  }

  private static ViewAnswer answer(ReadBatch batch, EntityAnswers answers, int entity) {
    Status status = answers.status(entity);
    return status == Status.PRESENT
        ? ViewAnswer.present(new Values(batch, entity))
        : ViewAnswer.without(status);
  }

  Cell cell(int row, Origin.Computed origin) {
    return rows.get(row).get(origin.step()).get(origin.feature());
  }

  /** The values of a record, each read when it is asked for: an expression needs few of them. */
  private static final class Values extends AbstractList<@Nullable Object> {
    private final ReadBatch batch;
    private final int entity;

    Values(ReadBatch batch, int entity) {
      this.batch = batch;
      this.entity = entity;
    }

    @Override
    public @Nullable Object get(int feature) {
      return batch.value(entity, feature);
    }

    @Override
    public int size() {
      return batch.features(entity);
    }
  }
}
