package dev.plumbline.timeline;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@link PointInTime} of one entity that keeps what its rows carry. Another entity has instants
 * on both sides of it, and must not be noticed.
 *
 * @param <P> what a row carries
 */
public final class EntityLookUp<P> {
  private static final int FIRST = 2;

  private final int end;
  private final PointInTime newest;
  private final Map<Integer, P> payloads = new HashMap<>();

  public EntityLookUp(long[] instants, Visibility visibility) {
    end = FIRST + instants.length;
    long[] all = new long[end + 1];
    all[1] = Long.MAX_VALUE;
    System.arraycopy(instants, 0, all, FIRST, instants.length);
    all[end] = Long.MIN_VALUE;
    newest = new PointInTime(all, visibility);
  }

  public void add(RowTime time, P payload) {
    int at = newest.offer(FIRST, end, time.eventTime(), time.availableAt(), time.createdAt());
    if (at >= 0) {
      payloads.put(at, payload);
    }
  }

  public void resolve() {
    newest.resolve(FIRST, end);
  }

  public boolean isFound(int at) {
    return newest.newest(FIRST + at) >= 0;
  }

  public @Nullable P payload(int at) {
    return isFound(at) ? payloads.get(newest.newest(FIRST + at)) : null;
  }

  public RowTime time(int at) {
    return newest.time(FIRST + at);
  }
}
