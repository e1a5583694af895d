package dev.plumbline.vector;

import dev.plumbline.definition.FeatureRef;
import dev.plumbline.definition.OnDemandView;
import dev.plumbline.failure.InvalidException;
import dev.plumbline.type.Field;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one request has to carry for all of a list of references: one entity in each role, and one
 * type of each request value.
 */
final class SharedRequest {
  /** Something that a name stands for, and the reference that says so. */
  private record Claim(String meaning, FeatureRef by) {}

  private final String where;
  private final Map<String, String> roles = new LinkedHashMap<>();
  private final Map<String, Claim> entities = new LinkedHashMap<>();
  private final Map<String, Claim> types = new LinkedHashMap<>();

  /**
   * Of no references yet.
   *
   * @param where they stand, for messages
   */
  SharedRequest(String where) {
    this.where = where;
  }

  /**
   * Adds what a feature of an on-demand view needs.
   *
   * @throws InvalidException if it takes a name for something else than another reference does
   */
  void add(FeatureRef ref, OnDemandView view) {
    view.roles().forEach((role, entity) -> add(ref, role, entity));
    for (Field value : view.request()) {
      claim(types, "request value", value.name(), new Claim(value.type().toString(), ref));
    }
  }

  /**
   * Adds a role.
   *
   * @throws InvalidException if another reference has another entity in it
   */
  void add(FeatureRef ref, String role, String entity) {
    claim(entities, "role", role, new Claim("entity '" + entity + "'", ref));
    roles.put(role, entity);
  }

  /** From each role to its entity, in the order of the references. */
  Map<String, String> roles() {
    return roles;
  }

  private void claim(Map<String, Claim> claims, String kind, String name, Claim claim) {
    Claim other = claims.putIfAbsent(name, claim);
    if (other != null && !other.meaning().equals(claim.meaning())) {
      throw new InvalidException(
          "%s: %s '%s' is %s to '%s' and %s to '%s' (expected: one meaning in a request); ask for them in requests of their own"
              .formatted(
                  where, kind, name, other.meaning(), other.by(), claim.meaning(), claim.by()));
    }
  }
}
