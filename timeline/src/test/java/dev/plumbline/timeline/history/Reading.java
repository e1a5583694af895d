package dev.plumbline.timeline.history;

import dev.plumbline.timeline.Marker;
import dev.plumbline.type.Bytes;

/**
 * What a reader was told.
 *
 * @param at its T
 * @param stamp {@code created_at} of the record it found; the least long if none
 * @param marker that it read first
 */
record Reading(long at, Bytes entity, Answer answer, long stamp, Marker marker) {
  boolean isInFlight() {
    return stamp > marker.createdAt();
  }
}
