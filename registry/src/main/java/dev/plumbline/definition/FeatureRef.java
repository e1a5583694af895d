package dev.plumbline.definition;

import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pinned reference, written {@code role:feature@version}. The role is a role of the service (or
 * the entity's name), or the name of an on-demand view.
 */
public record FeatureRef(String role, String feature, int version) implements Serializable {
  private static final Pattern WRITTEN = Pattern.compile("([^:@\\s]+):([^:@\\s]+)@(\\d{1,9})");

  /** The reference that is written so; empty if the text is none. */
  public static Optional<FeatureRef> parse(String text) {
    Matcher parts = WRITTEN.matcher(text);
    return parts.matches()
        ? Optional.of(
            new FeatureRef(parts.group(1), parts.group(2), Integer.parseInt(parts.group(3))))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return role + ":" + feature + "@" + version;
  }
}
