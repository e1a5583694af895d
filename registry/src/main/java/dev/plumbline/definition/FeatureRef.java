package dev.plumbline.definition;

import java.io.Serializable;

/**
 * A pinned reference, written {@code role:feature@version}. The role is a role of the service (or
 * the entity's name), or the name of an on-demand view.
 */
public record FeatureRef(String role, String feature, int version) implements Serializable {
  @Override
  public String toString() {
    return role + ":" + feature + "@" + version;
  }
}
