package dev.plumbline.store;

import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.Marker;
import java.util.List;
import java.util.Optional;

/**
 * What the store held of one view when it was read, all under one marker.
 *
 * @param marker of the publication; absent: the view is not loaded, and nothing may be said about
 *     its records
 * @param records one for each entity key asked for, in that order
 */
public record Reading(Optional<Marker> marker, List<Found> records) {
  public Reading {
    records = List.copyOf(records);
  }

  /** What the store held under one key. */
  public sealed interface Found {
    /** Nothing. */
    record Absent() implements Found {}

    /** A row, or a tombstone. */
    record Present(FeatureRow row) implements Found {}

    /** Bytes that are not a record of this key and view; the reason says why. */
    record Unreadable(String reason) implements Found {}
  }
}
