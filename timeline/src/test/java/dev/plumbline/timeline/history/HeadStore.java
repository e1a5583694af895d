package dev.plumbline.timeline.history;

import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.Marker;
import dev.plumbline.type.Bytes;
import java.util.Optional;

/** An online store as a history needs it: the newest row per entity, and the marker of one view. */
public interface HeadStore {
  /** Writes {@code row} unless the store has one of the same or a newer time. */
  void write(Bytes entity, FeatureRow row);

  Optional<FeatureRow> read(Bytes entity);

  Optional<Marker> marker();

  /** Moves the marker from {@code expected} to {@code next}; false if it is another. */
  boolean advance(Optional<Marker> expected, Marker next);

  /** Everything is gone. */
  void lose();
}
