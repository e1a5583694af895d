package dev.plumbline.gate;

import dev.plumbline.type.Bytes;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The first few of the rows that were offered, by an order of all rows: the same whatever the order
 * in which they came, and however they were spread over sets that were added up.
 */
final class Examples implements Serializable {
  private static final long serialVersionUID = 1;

  private final int limit;
  private final TreeSet<Example> kept;

  /**
   * One row.
   *
   * @param entity canonical bytes of the key
   * @param content tells rows of one time apart
   */
  record Example(
      Bytes entity,
      long eventTime,
      Bytes content,
      List<Object> key,
      List<? extends @Nullable Object> values)
      implements Serializable {}

  private enum Order implements Comparator<Example> {
    BY_ENTITY {
      @Override
      public int compare(Example one, Example other) {
        int entities = one.entity().compareTo(other.entity());
        int times = Long.compare(one.eventTime(), other.eventTime());
        return entities != 0
            ? entities
            : times != 0 ? times : one.content().compareTo(other.content());
      }
    },
    NEWEST_FIRST {
      @Override
      public int compare(Example one, Example other) {
        int times = Long.compare(other.eventTime(), one.eventTime());
        return times != 0 ? times : BY_ENTITY.compare(one, other);
      }
    }
  }

  private Examples(int limit, Order order) {
    this.limit = limit;
    this.kept = new TreeSet<>(order);
  }

  /** The first five by entity, then by time. */
  static Examples firstByEntity() {
    return new Examples(5, Order.BY_ENTITY);
  }

  /** The newest alone. */
  static Examples newest() {
    return new Examples(1, Order.NEWEST_FIRST);
  }

  void offer(Example example) {
    kept.add(example);
    if (kept.size() > limit) {
      kept.pollLast();
    }
  }

  void offerAll(Examples others) {
    others.kept.forEach(this::offer);
  }

  /** The first of all; null if none was offered. */
  @Nullable Example first() {
    return kept.isEmpty() ? null : kept.first();
  }

  List<Example> list() {
    return new ArrayList<>(kept);
  }
}
