package dev.plumbline.online;

import dev.plumbline.online.ReplyPlan.Boxed;
import dev.plumbline.online.ReplyPlan.Copied;
import dev.plumbline.online.ReplyPlan.Feature;
import dev.plumbline.online.ReplyPlan.View;
import dev.plumbline.serving.v1.FeatureColumn;
import dev.plumbline.serving.v1.GetFeaturesResponse;
import dev.plumbline.serving.v1.Marker;
import dev.plumbline.serving.v1.ViewColumn;
import dev.plumbline.store.BigEndian;
import dev.plumbline.store.ReadBatch;
import dev.plumbline.timeline.Status;
import dev.plumbline.vector.Cell;
import dev.plumbline.vector.ServicePlan.Origin;
import dev.plumbline.vector.ServicePlan.Output;
import dev.plumbline.wire.BackwardsWriter;
import dev.plumbline.wire.ColumnWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes replies as bytes, the values of records without making objects of them. It writes each
 * from its end to its beginning ({@link BackwardsWriter}), so fields and rows come last first. Used
 * for one call after the other; not thread-safe.
 */
final class ReplyWriter {
  private static final byte[] NOTHING = {};

  /** Of every packed list of values, and of every text. */
  private static final int VALUES = 1;

  private static final int ABSENT = 15;

  private final BackwardsWriter out = new BackwardsWriter();
  private final EntityAnswers answers;
  private final ReadBatch batch;

  /** By what the wire calls a status. */
  private final long[] counts = new long[1 + Status.values().length];

  /** Of the feature that is being written, by row. */
  private Status[] statuses = {};

  /** Of its values, as {@link ValueForm} has them; 0 where there is none. */
  private long[] bits = {};

  /** Where its values lie elsewhere. */
  private byte[][] places = {};

  private boolean[] present = {};
  private int rows;

  ReplyWriter(EntityAnswers answers, ReadBatch batch) {
    this.answers = answers;
    this.batch = batch;
  }

  /**
   * Writes the reply to a query.
   *
   * @param computed the cells of on-demand features
   */
  BackwardsWriter write(
      FeatureQuery query,
      ComputedCells computed,
      boolean named,
      byte[] fingerprint,
      RequestId requestId) {
    begin(query.rows());
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
        copied(query, copied);
      } else {
        boxed(query, computed, ((Boxed) feature).output());
      }
      out.bytes(FeatureColumn.NAME_FIELD_NUMBER, named ? feature.name() : NOTHING);
      out.endOf(GetFeaturesResponse.FEATURES_FIELD_NUMBER, position);
    }
    return out;
  }

  /** Bytes of memory that are kept for the next reply. */
  int room() {
    return out.array().length;
  }

  /** How many values of the reply have this status. */
  long count(Status status) {
    return counts[wire(status)];
  }

  private void begin(int count) {
    out.clear();
    Arrays.fill(counts, 0);
    if (statuses.length < count) {
      statuses = new Status[count];
      bits = new long[count];
      places = new byte[count][];
      present = new boolean[count];
    }
    rows = count;
  }

  /** Everything of a feature but its name. */
  private void copied(FeatureQuery query, Copied feature) {
    if (feature.form().isElsewhere()) {
      findElsewhere(query, feature);
    } else {
      findBits(query, feature);
    }
    out.integerEvenIfZero(FeatureColumn.VIEW_FIELD_NUMBER, feature.read());
    int column = out.size();
    absentRows();
    int values = out.size();
    writeValues(feature.form());
    out.endOf(feature.form().field(), values);
    out.endOf(FeatureColumn.COLUMN_FIELD_NUMBER, column);
    writeStatuses(FeatureColumn.STATUSES_FIELD_NUMBER);
  }

  private void findBits(FeatureQuery query, Copied feature) {
    int[] entities = query.entities().get(feature.read());
    byte[] records = batch.array();
    boolean hasDefault = feature.whenAbsent().isPresent();
    long whenAbsent = hasDefault ? feature.form().bits(feature.whenAbsent().get()) : 0;
    int width = feature.form().width();
    for (int row = 0; row < rows; row++) {
      int entity = entities[row];
      Status status = answers.status(entity);
      present[row] = false;
      bits[row] = 0;
      if (status == Status.PRESENT) {
        if (isNull(records, answers.nulls(entity), feature.feature())) {
          status = Status.NULL;
        } else {
          int columns = answers.columns(entity);
          present[row] = true;
          bits[row] = slot(records, columns + feature.slot(), width);
        }
      } else if (hasDefault && status.isAbsent()) {
        present[row] = true;
        bits[row] = whenAbsent;
      }
      count(row, status);
    }
  }

  private void findElsewhere(FeatureQuery query, Copied feature) {
    int[] entities = query.entities().get(feature.read());
    byte[] records = batch.array();
    byte @Nullable [] whenAbsent = feature.whenAbsent().map(feature.form()::content).orElse(null);
    for (int row = 0; row < rows; row++) {
      int entity = entities[row];
      Status status = answers.status(entity);
      present[row] = false;
      bits[row] = 0;
      places[row] = NOTHING;
      if (status == Status.PRESENT) {
        if (isNull(records, answers.nulls(entity), feature.feature())) {
          status = Status.NULL;
        } else {
          int columns = answers.columns(entity);
          present[row] = true;
          places[row] = records;
          int length = BigEndian.getInt(records, columns + feature.slot());
          bits[row] = (long) batch.tail(entity, feature.feature()) << Integer.SIZE | length;
        }
      } else if (whenAbsent != null && status.isAbsent()) {
        present[row] = true;
        places[row] = whenAbsent;
        bits[row] = whenAbsent.length;
      }
      count(row, status);
    }
  }

  private static boolean isNull(byte[] records, int nulls, int feature) {
    return nulls != ReadBatch.NO_NULLS
        && (records[nulls + (feature >> 3)] >> (feature & 7) & 1) == 1;
  }

  private static long slot(byte[] records, int at, int width) {
    return switch (width) {
      case Long.BYTES -> BigEndian.getLong(records, at);
      case Integer.BYTES -> BigEndian.getInt(records, at);
      default -> records[at];
    };
  }

  private void count(int row, Status status) {
    statuses[row] = status;
    counts[wire(status)]++;
  }

  /** The content of the message of values; of texts one field each. */
  private void writeValues(ValueForm form) {
    if (form.isElsewhere()) {
      for (int row = rows - 1; row >= 0; row--) {
        int position = out.size();
        out.raw(places[row], (int) (bits[row] >>> Integer.SIZE), (int) bits[row]);
        out.endOf(VALUES, position);
      }
      return;
    }
    int position = out.size();
    switch (form) {
      case DOUBLE, TIMESTAMP -> {
        for (int row = rows - 1; row >= 0; row--) {
          out.fixed64(bits[row]);
        }
      }
      case FLOAT -> {
        for (int row = rows - 1; row >= 0; row--) {
          out.fixed32((int) bits[row]);
        }
      }
      case BOOLEAN -> {
        for (int row = rows - 1; row >= 0; row--) {
          out.raw((byte) bits[row]);
        }
      }
      default -> {
        for (int row = rows - 1; row >= 0; row--) {
          out.zigZag(bits[row]);
        }
      }
    }
    out.endOf(VALUES, position);
  }

  private void absentRows() {
    int position = out.size();
    for (int row = rows - 1; row >= 0; row--) {
      if (!present[row]) {
        out.varint(row);
      }
    }
    if (out.size() > position) {
      out.endOf(ABSENT, position);
    }
  }

  private void writeStatuses(int field) {
    int position = out.size();
    for (int row = rows - 1; row >= 0; row--) {
      out.raw(wire(statuses[row]));
    }
    out.endOf(field, position);
  }

  /** Everything of a feature but its name, of objects. */
  private void boxed(FeatureQuery query, ComputedCells computed, Output output) {
    ColumnWriter column = ColumnWriter.of(output.type().toString());
    for (int row = 0; row < rows; row++) {
      Cell cell = output.withDefault(cell(query, computed, output.origin(), row));
      column.add(WireValues.toWire(output.type(), cell.value()));
      count(row, cell.status());
    }
    if (output.origin() instanceof Origin.Stored stored) {
      out.integerEvenIfZero(FeatureColumn.VIEW_FIELD_NUMBER, stored.slot().read());
    }
    out.message(FeatureColumn.COLUMN_FIELD_NUMBER, column.build());
    writeStatuses(FeatureColumn.STATUSES_FIELD_NUMBER);
  }

  private Cell cell(FeatureQuery query, ComputedCells computed, Origin origin, int row) {
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
    for (int row = 0; row < rows; row++) {
      statuses[row] = answers.status(entities[row]);
    }
    writeStatuses(ViewColumn.STATUSES_FIELD_NUMBER);
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

  private static byte wire(Status status) {
    return switch (status) {
      case PRESENT -> dev.plumbline.serving.v1.Status.STATUS_PRESENT_VALUE;
      case NULL -> dev.plumbline.serving.v1.Status.STATUS_NULL_VALUE;
      case MISSING -> dev.plumbline.serving.v1.Status.STATUS_MISSING_VALUE;
      case EXPIRED -> dev.plumbline.serving.v1.Status.STATUS_EXPIRED_VALUE;
      case INVALID -> dev.plumbline.serving.v1.Status.STATUS_INVALID_VALUE;
    };
  }
}
