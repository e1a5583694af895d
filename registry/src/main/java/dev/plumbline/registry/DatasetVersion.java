package dev.plumbline.registry;

import java.time.Instant;

/**
 * A dataset that was built.
 *
 * @param version from 1, in the order in which versions were built
 * @param manifest JSON: what it was built from, log positions included
 * @param contentHash the same for the same rows, whatever built them
 * @param path where its files lie
 */
public record DatasetVersion(
    String name, int version, String manifest, String contentHash, String path, Instant createdAt) {
  /** {@code delay_training@1}. */
  public String ref() {
    return name + "@" + version;
  }
}
