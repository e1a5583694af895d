package dev.plumbline.offline.dataset;

import dev.plumbline.definition.ViewId;
import java.time.Instant;
import java.util.Map;

/** Up to which run of each view a dataset knows its log; later runs change nothing about it. */
public sealed interface LogPosition {
  /** The last closed run of each. */
  record Newest() implements LogPosition {}

  /**
   * The last run of each that was over at an instant: published, or committed if it is a backfill,
   * which is read without being published.
   */
  record AsOf(Instant instant) implements LogPosition {}

  /** The runs of these stamps, one for each view that is read. */
  record Pinned(Map<ViewId, Long> stamps) implements LogPosition {
    public Pinned {
      stamps = Map.copyOf(stamps);
    }
  }
}
