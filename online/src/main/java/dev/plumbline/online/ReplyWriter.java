package dev.plumbline.online;

import dev.plumbline.online.ReplyPlan.Boxed;
import dev.plumbline.online.ReplyPlan.Copied;
import dev.plumbline.online.ReplyPlan.Feature;
import dev.plumbline.online.ReplyPlan.View;
import dev.plumbline.serving.v1.FeatureColumn;
import dev.plumbline.serving.v1.GetFeaturesResponse;
import dev.plumbline.serving.v1.Marker;
import dev.plumbline.serving.v1.ViewColumn;
import dev.plumbline.store.ReadBatch;
import dev.plumbline.timeline.Status;
import dev.plumbline.vector.Cell;
import dev.plumbline.vector.ServicePlan.Origin;
import dev.plumbline.vector.ServicePlan.Output;
import dev.plumbline.wire.BackwardsWriter;
import dev.plumbline.wire.ColumnWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes replies as bytes, the values of records without making objects of them. It writes each
 * from its end to its beginning ({@link BackwardsWriter}), so fields and rows come last first. Used
 * for one reply after the other; not thread-safe.
 */
final class ReplyWriter {
  private static final byte[] NOTHING = {};

  private final BackwardsWriter out = new BackwardsWriter();
  private final CopiedFeatures copies = new CopiedFeatures(out);
  private final EntityAnswers answers = new EntityAnswers();

  /** By read of the plan; there may be more. */
  private final List<ViewRows> views = new ArrayList<>();

  /** By what the wire calls a status. */
  private final long[] counts = new long[WireStatus.END];

  private int rows;

  /**
   * Writes the reply to a query.
   *
   * @param batch what was found
   * @param clock in microseconds, read before the look-up
   * @throws CallException.NotReady if a view was never published
   */
  BackwardsWriter write(
      FeatureQuery query,
      ReadBatch batch,
      long clock,
      boolean named,
      byte[] fingerprint,
      RequestId requestId) {
    answers.judge(query, batch, clock);
    ComputedCells computed = ComputedCells.of(query, batch, answers);
    begin(query, batch);
    out.bytes(GetFeaturesResponse.REQUEST_ID_FIELD_NUMBER, requestId.utf8());
    out.bytes(GetFeaturesResponse.REGISTRY_REVISION_FIELD_NUMBER, fingerprint);
    out.integer(GetFeaturesResponse.SERVED_AT_MICROS_FIELD_NUMBER, answers.instant());
    ReplyPlan plan = query.prepared().reply();
    for (int read = plan.views().size() - 1; read >= 0; read--) {
      int position = out.size();
      view(query, read, named ? plan.views().get(read) : null);
      out.endOf(GetFeaturesResponse.VIEWS_FIELD_NUMBER, position);
    }
    for (int i = plan.features().size() - 1; i >= 0; i--) {
      int position = out.size();
      Feature feature = plan.features().get(i);
      if (feature instanceof Copied copied) {
        int nulls = copies.write(copied, views.get(copied.read()), rows, batch);
        counts[WireStatus.NULL] += nulls;
        counts[WireStatus.PRESENT] -= nulls;
      } else {
        boxed(query, batch, computed, ((Boxed) feature).output());
      }
      out.bytes(FeatureColumn.NAME_FIELD_NUMBER, named ? feature.name() : NOTHING);
      out.endOf(GetFeaturesResponse.FEATURES_FIELD_NUMBER, position);
    }
    return out;
  }

  /** About how many bytes of memory are kept for the next reply. */
  long room() {
    long room = out.array().length + answers.room();
    for (ViewRows view : views) {
      room += view.room();
    }
    return room;
  }

  /** How many values of the reply have this status. */
  long count(Status status) {
    return counts[WireStatus.of(status)];
  }

  private void begin(FeatureQuery query, ReadBatch batch) {
    out.clear();
    Arrays.fill(counts, 0);
    rows = query.rows();
    List<View> read = query.prepared().reply().views();
    while (views.size() < read.size()) {
      views.add(new ViewRows());
    }
    for (int i = 0; i < read.size(); i++) {
      ViewRows found = views.get(i);
      found.find(query.entities().get(i), rows, read.get(i).features(), batch, answers);
      for (int status = 0; status < counts.length; status++) {
        counts[status] += (long) read.get(i).copied() * found.count(status);
      }
    }
  }

  /** Everything of a feature but its name, of objects. */
  private void boxed(FeatureQuery query, ReadBatch batch, ComputedCells computed, Output output) {
    ColumnWriter column = ColumnWriter.of(output.type().toString());
    byte[] statuses = new byte[rows];
    for (int row = 0; row < rows; row++) {
      Cell cell = output.withDefault(cell(query, batch, computed, output.origin(), row));
      column.add(WireValues.toWire(output.type(), cell.value()));
      statuses[row] = WireStatus.of(cell.status());
      counts[statuses[row]]++;
    }
    if (output.origin() instanceof Origin.Stored stored) {
      out.integerEvenIfZero(FeatureColumn.VIEW_FIELD_NUMBER, stored.slot().read());
    }
    out.message(FeatureColumn.COLUMN_FIELD_NUMBER, column.build());
    out.bytes(FeatureColumn.STATUSES_FIELD_NUMBER, statuses);
  }

  private Cell cell(
      FeatureQuery query, ReadBatch batch, ComputedCells computed, Origin origin, int row) {
    if (origin instanceof Origin.Computed onDemand) {
      return computed.cell(row, onDemand);
    }
    int read = ((Origin.Stored) origin).slot().read();
    int entity = query.entities().get(read)[row];
    Status status = answers.status(entity);
    if (status != Status.PRESENT) {
      return new Cell(status, null);
    }
    Object value = batch.value(entity, ((Origin.Stored) origin).slot().feature());
    return new Cell(status.ofValue(value), value);
  }

  /** All of a view but the end that its caller gives it. */
  private void view(FeatureQuery query, int read, @Nullable View named) {
    int[] entities = query.entities().get(read);
    int position = out.size();
    for (int row = rows - 1; row >= 0; row--) {
      if (answers.isInFlight(entities[row])) {
        out.varint(row);
      }
    }
    if (out.size() > position) {
      out.endOf(ViewColumn.IN_FLIGHT_FIELD_NUMBER, position);
    }
    int statuses = out.size();
    out.raw(views.get(read).statuses(), 0, rows);
    out.endOf(ViewColumn.STATUSES_FIELD_NUMBER, statuses);
    int ages = out.size();
    for (int row = rows - 1; row >= 0; row--) {
      out.varint(answers.age(entities[row]));
    }
    out.endOf(ViewColumn.AGE_MICROS_FIELD_NUMBER, ages);
    int eventTimes = out.size();
    for (int row = rows - 1; row >= 0; row--) {
      out.fixed64(answers.eventTime(entities[row]));
    }
    out.endOf(ViewColumn.EVENT_TIME_MICROS_FIELD_NUMBER, eventTimes);
    int marker = out.size();
    marker(answers.marker(query.prepared().viewOfRead()[read]));
    out.endOf(ViewColumn.MARKER_FIELD_NUMBER, marker);
    if (named != null) {
      out.integer(ViewColumn.VERSION_FIELD_NUMBER, named.version());
      out.bytes(ViewColumn.VIEW_FIELD_NUMBER, named.name());
      out.bytes(ViewColumn.ROLE_FIELD_NUMBER, named.role());
    }
  }

  private void marker(dev.plumbline.timeline.Marker marker) {
    out.integer(Marker.PUBLISHED_AT_MICROS_FIELD_NUMBER, marker.publishedAt());
    out.integer(Marker.REFRESH_MICROS_FIELD_NUMBER, marker.refresh());
    out.integer(Marker.CREATED_AT_MICROS_FIELD_NUMBER, marker.createdAt());
  }
}
