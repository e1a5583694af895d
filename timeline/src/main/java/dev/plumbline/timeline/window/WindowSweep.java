package dev.plumbline.timeline.window;

import dev.plumbline.timeline.Event;
import dev.plumbline.timeline.Grid;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of a windowed view's features at the refreshes of an interval, for one entity at a
 * time. At refresh {@code g} a window {@code w} covers the events of {@code [g - w, g)} that the
 * arrival cut lets through. Immutable; entities can be swept by many threads.
 *
 * <p>Each event enters and leaves each window once; an entity costs O(events * log(events)),
 * however many refreshes the interval has.
 */
public final class WindowSweep implements Serializable {
  private static final long serialVersionUID = 1;

  private final Grid grid;
  private final List<WindowedFeature> features;
  private final long longest;

  /** Sees the refreshes of a sweep in order of time. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * From {@code refresh} on, until the next visit, the features have these values.
     *
     * @param values canonical, one per feature, in a list for the visitor to keep; null if the
     *     longest window holds no event
     */
    void visit(long refresh, @Nullable List<@Nullable Object> values);
  }

  public WindowSweep(Grid grid, List<WindowedFeature> features) {
    this.grid = grid;
    this.features = List.copyOf(features);
    this.longest =
        features.stream()
            .mapToLong(WindowedFeature::window)
            .max()
            .orElseThrow(() -> new IllegalArgumentException("no features (expected: 1 or more)"));
  }

  /** The least event time that matters to {@code refresh}: where its longest window begins. */
  public long firstEventTime(long refresh) {
    return WindowedFeature.start(longest, refresh);
  }

  /**
   * Visits {@code from} and each later refresh up to {@code to} at which an event enters or leaves
   * a window.
   *
   * @param events of one entity, in any order (fastest in theirs); those out of reach of the
   *     interval are passed over
   * @param from a grid point
   * @param to a grid point not before {@code from}
   * @throws AggregateException if a value does not fit its type
   */
  public void sweep(List<Event> events, long from, long to, ArrivalCut cut, Visitor visitor) {
    long first = firstEventTime(from);
    List<Event> reachable =
        events.stream().filter(e -> e.eventTime() >= first && cut.seenAfter(e) < to).toList();
    EntitySweep sweep = new EntitySweep(features, new EntityEvents(reachable), cut);
    boolean changed = true;
    for (long refresh = from; refresh <= to; refresh = sweep.nextChange(grid)) {
      changed |= sweep.advanceTo(refresh);
      if (changed) {
        visitor.visit(refresh, sweep.values(refresh));
      }
      changed = false;
    }
  }
}
