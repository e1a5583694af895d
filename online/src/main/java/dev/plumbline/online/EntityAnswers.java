package dev.plumbline.online;

import dev.plumbline.online.PreparedPlan.Target;
import dev.plumbline.store.ReadBatch;
import dev.plumbline.store.ReadBatch.Held;
import dev.plumbline.timeline.Marker;
import dev.plumbline.timeline.Status;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * What is known of every entity of a batch, at one instant. Used for one reply after the other; not
 * thread-safe.
 */
final class EntityAnswers {
  /** Of all views on the node that served first, then on the next. */
  private Marker[] markers = {};

  /** By view: the oldest of them. */
  private Marker[] oldest = {};

  private Status[] statuses = {};
  private long[] eventTimes = {};
  private long[] ages = {};
  private int[] columns = {};
  private int[] nulls = {};
  private final BitSet inFlight = new BitSet();
  private long instant;

  /**
   * Judges what was found.
   *
   * @param clock in microseconds; the instant is later where a publication read is
   * @throws CallException.NotReady if a view was never published
   */
  void judge(FeatureQuery query, ReadBatch batch, long clock) {
    List<Target> views = query.prepared().views();
    int count = views.size();
    if (markers.length < batch.nodes() * count) {
      markers = new Marker[batch.nodes() * count];
      oldest = new Marker[markers.length];
    }
    instant = clock;
    for (int view = 0; view < count; view++) {
      oldest[view] = marker(batch.marker(view), views.get(view));
      for (int node = 0; node < batch.nodes(); node++) {
        Marker marker =
            batch.nodes() == 1 ? oldest[view] : marker(batch.marker(view, node), views.get(view));
        markers[node * count + view] = marker;
        instant = Math.max(instant, marker.publishedAt());
      }
    }
    makeRoom(batch.size());
    inFlight.clear();
    for (int entity = 0; entity < batch.size(); entity++) {
      int view = batch.viewOf(entity);
      Marker marker = markers[batch.nodeOf(entity) * count + view];
      judge(batch, entity, views.get(view), marker, query.requestedMaxAge());
    }
  }

  private static Marker marker(Optional<Marker> found, Target target) {
    return found.orElseThrow(
        () ->
            new CallException.NotReady(
                "view %1$s is not loaded into the online store; run `plumb materialize %1$s`, or, if it was computed before, `plumb push %1$s`"
                    .formatted(target.name())));
  }

  private void makeRoom(int entities) {
    if (statuses.length < entities) {
      statuses = new Status[entities];
      eventTimes = new long[entities];
      ages = new long[entities];
      columns = new int[entities];
      nulls = new int[entities];
    }
    Arrays.fill(eventTimes, 0, entities, 0);
    Arrays.fill(ages, 0, entities, 0);
  }

  private void judge(
      ReadBatch batch, int entity, Target view, Marker marker, long requestedMaxAge) {
    Held held = batch.held(entity);
    if (held == Held.NOTHING || held == Held.UNREADABLE) {
      statuses[entity] = held == Held.NOTHING ? Status.MISSING : Status.INVALID;
      return;
    }
    inFlight.set(entity, batch.createdAt(entity) > marker.createdAt());
    if (held == Held.TOMBSTONE) {
      statuses[entity] = Status.MISSING;
      return;
    }
    long eventTime = batch.eventTime(entity);
    long age = view.rule().age(eventTime, marker.refresh(), instant);
    Status status = view.rule().status(age, requestedMaxAge);
    statuses[entity] = status;
    if (status == Status.PRESENT) {
      columns[entity] = batch.columns(entity);
      nulls[entity] = batch.nulls(entity);
    }
    if (status == Status.PRESENT || status == Status.EXPIRED) {
      eventTimes[entity] = eventTime;
      ages[entity] = age;
    }
  }

  /** About how many bytes of memory are kept for the next reply. */
  long room() {
    return (long) statuses.length * (2 * Long.BYTES + 3 * Integer.BYTES);
  }

  /** What the answers are true of, in microseconds. */
  long instant() {
    return instant;
  }

  /** The publication of a view; where several nodes served, the oldest of theirs. */
  Marker marker(int view) {
    return oldest[view];
  }

  /** PRESENT, MISSING, EXPIRED or INVALID; there are values only if it is PRESENT. */
  Status status(int entity) {
    return entity == FeatureQuery.NO_KEY ? Status.MISSING : statuses[entity];
  }

  /** Where the columns of a PRESENT entity begin, as {@link ReadBatch#columns} says. */
  int columns(int entity) {
    return columns[entity];
  }

  /** Where the nulls of a PRESENT entity begin, as {@link ReadBatch#nulls} says. */
  int nulls(int entity) {
    return nulls[entity];
  }

  /** In microseconds; 0 unless PRESENT or EXPIRED. */
  long eventTime(int entity) {
    return entity == FeatureQuery.NO_KEY ? 0 : eventTimes[entity];
  }

  /** That max_age is held against, in microseconds; 0 unless PRESENT or EXPIRED. */
  long age(int entity) {
    return entity == FeatureQuery.NO_KEY ? 0 : ages[entity];
  }

  /** Whether a record is newer than the marker of its view. */
  boolean isInFlight(int entity) {
    return entity != FeatureQuery.NO_KEY && inFlight.get(entity);
  }
}
