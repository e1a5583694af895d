package dev.plumbline.offline.materialize;

import dev.plumbline.offline.gate.GateWatch;
import dev.plumbline.offline.log.LogSchema;
import dev.plumbline.offline.log.MergedByKey;
import dev.plumbline.offline.log.RowKeys;
import dev.plumbline.timeline.Event;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.log.ChangeLog;
import dev.plumbline.timeline.run.PlannedRun;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.LongAccumulator;
import org.jspecify.annotations.Nullable;

/**
 * What a run adds to one bucket of a view's table: the bucket's source rows and the committed log,
 * both sorted by {@link RowKeys#HASH}, go in; new rows, each entity's in the order of time, come
 * out.
 */
final class BucketRun implements Serializable {
  private static final long serialVersionUID = 1;

  private final LogSchema schema;
  private final EventRows events;
  private final ChangeLog changes;
  private final PlannedRun run;
  private final LongAccumulator withoutKey;
  private final @Nullable GateWatch watch;
  private final RowKeys keys;

  BucketRun(
      LogSchema schema,
      EventRows events,
      ChangeLog changes,
      PlannedRun run,
      LongAccumulator withoutKey,
      @Nullable GateWatch watch) {
    this.schema = schema;
    this.events = events;
    this.changes = changes;
    this.run = run;
    this.withoutKey = withoutKey;
    this.watch = watch;
    this.keys = new RowKeys(schema.keys());
  }

  Iterator<InternalRow> rows(Iterator<InternalRow> sourceRows, Iterator<InternalRow> logRows) {
    return new NewRows(
        new MergedByKey<>(keys, new Keyed(sourceRows), events::event, logRows, schema::featureRow));
  }

  /** Groups of one entity each become rows of the table. */
  private final class NewRows implements Iterator<InternalRow> {
    private final MergedByKey<Event, FeatureRow> entities;
    private final Queue<InternalRow> ready = new ArrayDeque<>();
    private boolean ended;

    NewRows(MergedByKey<Event, FeatureRow> entities) {
      this.entities = entities;
    }

    @Override
    public boolean hasNext() {
      while (ready.isEmpty() && entities.hasNext()) {
        MergedByKey.Group<Event, FeatureRow> entity = entities.next();
        InternalRow key = entity.key();
        int bucket = RowKeys.bucket(key);
        write(entity, row -> ready.add(schema.tableRow(key, row, bucket)));
      }
      if (ready.isEmpty() && watch != null && !ended) {
        watch.endPartition();
        ended = true;
      }
      return !ready.isEmpty();
    }

    private void write(MergedByKey.Group<Event, FeatureRow> entity, ChangeLog.Output out) {
      if (watch == null) {
        changes.write(run, entity.left(), entity.right(), out);
      } else {
        changes.write(run, entity.left(), entity.right(), watch.over(out, entity.left()));
        watch.endEntity(() -> schema.keyValues(entity.key()));
      }
    }

    @Override
    public InternalRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.remove();
    }
  }

  /** Source rows that name an entity; the others are counted. */
  private final class Keyed implements Iterator<InternalRow> {
    private final Iterator<InternalRow> rows;
    private InternalRow next;
    private boolean found;

    Keyed(Iterator<InternalRow> rows) {
      this.rows = rows;
      this.next = InternalRow.empty();
    }

    @Override
    public boolean hasNext() {
      while (!found && rows.hasNext()) {
        next = rows.next();
        found = !keys.hasNull(next);
        if (!found) {
          withoutKey.add(1);
        }
      }
      return found;
    }

    @Override
    public InternalRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      found = false;
      return next;
    }
  }
}
