package dev.plumbline.definition;

/** A feature view or on-demand view at one version, written {@code name@version}. */
public record ViewId(String name, int version) implements Comparable<ViewId> {
  @Override
  public int compareTo(ViewId other) {
    int byName = name.compareTo(other.name);
    return byName != 0 ? byName : Integer.compare(version, other.version);
  }

  @Override
  public String toString() {
    return name + "@" + version;
  }
}
