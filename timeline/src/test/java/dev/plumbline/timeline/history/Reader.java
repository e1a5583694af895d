package dev.plumbline.timeline.history;

import dev.plumbline.timeline.AsOfRule;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.Marker;
import dev.plumbline.type.Bytes;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A server: markers, records, markers. */
final class Reader {
  private final HeadStore store;
  private final AsOfRule rule;
  private final Set<Rule> off;

  Reader(HeadStore store, AsOfRule rule, Set<Rule> off) {
    this.store = store;
    this.rule = rule;
    this.off = off;
  }

  /**
   * Reads one entity.
   *
   * @param meanwhile happens between two reads of the store
   * @return nothing if the view is not loaded, or stopped being the one that was read
   */
  Optional<Reading> read(Bytes entity, long clock, Runnable meanwhile) {
    Optional<Marker> marker;
    Optional<FeatureRow> row;
    if (off.contains(Rule.MARKER_BEFORE_RECORDS)) {
      row = store.read(entity);
      meanwhile.run();
      marker = store.marker();
    } else {
      marker = store.marker();
      meanwhile.run();
      row = store.read(entity);
    }
    if (marker.isEmpty()) {
      return Optional.empty();
    }
    boolean again = row.isEmpty() && !off.contains(Rule.MARKER_AFTER_ABSENCE);
    if (again && !store.marker().equals(marker)) {
      return Optional.empty();
    }
    return Optional.of(reading(entity, clock, marker.get(), row));
  }

  private Reading reading(Bytes entity, long clock, Marker marker, Optional<FeatureRow> row) {
    long at = Math.max(clock, marker.publishedAt());
    Answer answer = Answer.of(rule, row.orElse(null), OptionalLong.of(marker.refresh()), at);
    long stamp = row.map(found -> found.time().createdAt()).orElse(Long.MIN_VALUE);
    return new Reading(at, entity, answer, stamp, marker);
  }
}
