package dev.plumbline.registry;

import java.time.Instant;
import java.util.List;

/**
 * What is remembered of a view version whose data was deleted.
 *
 * @param by {@code user@host}
 * @param folders where its tables lay
 * @param finished whether nothing was left; false while it is being deleted, or was killed at that
 */
public record PrunedVersion(Instant at, String by, List<String> folders, boolean finished) {
  public PrunedVersion {
    folders = List.copyOf(folders);
  }
}
