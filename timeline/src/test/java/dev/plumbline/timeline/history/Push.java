package dev.plumbline.timeline.history;

import dev.plumbline.timeline.Marker;
import dev.plumbline.timeline.Run;
import dev.plumbline.timeline.run.Publication;
import dev.plumbline.timeline.run.PublicationPlanner;
import dev.plumbline.type.Bytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A push, one store or ledger operation at a time, so that it can be stopped between any two. */
final class Push {
  private final OfflineView view;
  private final HeadStore store;
  private final PublicationPlanner planner;
  private final Set<Rule> off;
  private final Deque<Bytes> toWrite = new ArrayDeque<>();
  private Optional<Marker> from = Optional.empty();
  private @Nullable Marker shown;
  private boolean ended;

  Push(
      OfflineView view, HeadStore store, PublicationPlanner planner, Random random, Set<Rule> off) {
    this.view = view;
    this.store = store;
    this.planner = planner;
    this.off = off;
    begin(random);
  }

  private void begin(Random random) {
    from = store.marker();
    Publication plan = planner.plan(from);
    if (plan instanceof Publication.UpToDate) {
      ended = true;
    } else if (plan instanceof Publication.CopyMarker copy) {
      shown = copy.marker();
    } else {
      Run last = view.ledger().last().orElseThrow();
      boolean changed =
          plan instanceof Publication.PushChanged || off.contains(Rule.CHECK_THE_MARKER);
      List<Bytes> entities = new ArrayList<>(changed ? view.changedBy(last) : Scenario.ENTITIES);
      Collections.shuffle(entities, random);
      toWrite.addAll(entities);
    }
  }

  boolean isEnded() {
    return ended;
  }

  void step(long clock) {
    if (ended || (shown == null && clock < planner.startsAt())) {
      return;
    }
    if (shown != null) {
      view.publish(shown);
      ended = true;
    } else if (toWrite.isEmpty()) {
      advance(clock);
    } else {
      Bytes entity = toWrite.remove();
      view.head(entity).ifPresent(row -> store.write(entity, row));
    }
  }

  private void advance(long clock) {
    Marker next = planner.marker(clock);
    if (off.contains(Rule.PUBLISH_IN_ORDER)) {
      next = new Marker(next.createdAt(), next.refresh(), Math.max(clock, planner.startsAt()));
    }
    if (store.advance(from, next)) {
      shown = next;
    } else {
      ended = true; // something else happened to the store: begin again
    }
  }
}
