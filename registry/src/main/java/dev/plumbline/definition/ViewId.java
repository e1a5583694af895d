package dev.plumbline.definition;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A feature view or on-demand view at one version, written {@code name@version}. */
public record ViewId(String name, int version) implements Comparable<ViewId> {
  private static final Pattern WRITTEN = Pattern.compile("([^:@\\s]+)@(\\d{1,9})");

  /** The version of a view that is written so; empty if the text is none. */
  public static Optional<ViewId> parse(String text) {
    Matcher parts = WRITTEN.matcher(text);
    return parts.matches()
        ? Optional.of(new ViewId(parts.group(1), Integer.parseInt(parts.group(2))))
        : Optional.empty();
  }

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
