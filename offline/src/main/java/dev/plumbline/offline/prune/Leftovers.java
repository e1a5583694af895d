package dev.plumbline.offline.prune;

import dev.plumbline.registry.DatasetVersion;
import dev.plumbline.registry.RemovedVersion;
import dev.plumbline.store.OnlineStore.Occupancy;
import java.util.List;

/**
 * What a removed version occupies.
 *
 * @param rows of its log
 * @param tableBytes of all files of its log, and of what is kept beside it
 * @param online its records and markers
 * @param datasets those that were built from it: without its log none of them can be verified
 */
public record Leftovers(
    RemovedVersion version,
    long rows,
    long tableBytes,
    Occupancy online,
    List<DatasetVersion> datasets) {
  public Leftovers {
    datasets = List.copyOf(datasets);
  }

  public boolean isNothing() {
    return rows == 0 && tableBytes == 0 && online.isNothing();
  }
}
