package dev.plumbline.discovery;

import java.util.List;
import java.util.stream.Stream;

/**
 * Something that would notice if something else changed, with all that depends on it in turn.
 *
 * @param kind {@link Kind#key}, or {@code dataset_version}
 * @param how it depends on what stands above it: what it reads of it, a phrase each
 * @param repeated whether what depends on it stands somewhere before, and not here
 */
public record Dependent(
    String kind, String ref, List<String> how, List<Dependent> dependents, boolean repeated) {
  /** The kind of a version of a dataset that was built. */
  public static final String DATASET_VERSION = "dataset_version";

  public Dependent {
    how = List.copyOf(how);
    dependents = List.copyOf(dependents);
  }

  /** All that depends on it, however far away; what is there twice comes twice. */
  public Stream<Dependent> all() {
    return dependents.stream().flatMap(each -> Stream.concat(Stream.of(each), each.all()));
  }
}
