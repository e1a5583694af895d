package dev.plumbline.store;

import dev.plumbline.timeline.ViewTiming;
import dev.plumbline.type.DataType;
import dev.plumbline.type.Field;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One view version as the online store knows it.
 *
 * @param project the key space
 * @param shortId number of {@code view@version} within the project, given out by the registry,
 *     never reused
 * @param entity name of the entity, part of every key
 * @param keyTypes of the entity's keys, in its order
 * @param features of every record, in order
 * @param rowLifetime how long after its event time a record is kept; absent: for ever (windowed
 *     views)
 */
public record OnlineView(
    String project,
    int shortId,
    String entity,
    List<DataType> keyTypes,
    List<Field> features,
    Optional<Duration> rowLifetime)
    implements Serializable {
  private static final Duration GRACE = Duration.ofDays(1);

  public OnlineView {
    keyTypes = List.copyOf(keyTypes);
    features = List.copyOf(features);
  }

  /**
   * A view that lies in time as {@code timing} says. A row of a row view is kept until nothing can
   * be asked of it any more: twice {@code max_age} after its event time, and a day.
   */
  public static OnlineView of(
      String project,
      int shortId,
      String entity,
      List<DataType> keyTypes,
      List<Field> features,
      ViewTiming timing) {
    Optional<Duration> lifetime =
        timing.shape() == ViewTiming.Shape.ROW
            ? timing.maxAge().map(maxAge -> maxAge.multipliedBy(2).plus(GRACE))
            : Optional.empty();
    return new OnlineView(project, shortId, entity, keyTypes, features, lifetime);
  }

  private Object writeReplace() {
    return new Sent(project, shortId, entity, keyTypes, features, rowLifetime.orElse(null));
  }

  /** The same on its way to another process; an {@link Optional} cannot go there. */
  private record Sent(
      String project,
      int shortId,
      String entity,
      List<DataType> keyTypes,
      List<Field> features,
      @Nullable Duration rowLifetime)
      implements Serializable {
    private Object readResolve() {
      return new OnlineView(
          project, shortId, entity, keyTypes, features, Optional.ofNullable(rowLifetime));
    }
  }
}
