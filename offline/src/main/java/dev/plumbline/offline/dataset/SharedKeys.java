package dev.plumbline.offline.dataset;

import dev.plumbline.definition.Entity;
import dev.plumbline.failure.InvalidException;
import dev.plumbline.vector.ServicePlan;
import dev.plumbline.vector.ServicePlan.Role;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;

/** Label columns that would be the keys of two roles at once. */
public final class SharedKeys {
  private SharedKeys() {}

  /**
   * Refuses two roles of one entity that both take their keys from the columns of the keys' names.
   * The origin's features for the destination would look quite plausible.
   *
   * @param named roles for which somebody said which columns are theirs
   * @param remedy how that is said, of a role and a key
   */
  public static void rejectByChance(
      ServicePlan plan, Set<String> named, BinaryOperator<String> remedy) {
    Map<Entity, String> unnamed = new HashMap<>();
    for (Role role : plan.roles()) {
      if (role.entity().keys().isEmpty() || named.contains(role.name())) {
        continue;
      }
      String other = unnamed.putIfAbsent(role.entity(), role.name());
      if (other != null) {
        throw new InvalidException(
            "labels: roles '%s' and '%s' are both of entity '%s' and would have the same keys; say which columns are whose with %s"
                .formatted(
                    other,
                    role.name(),
                    role.entity().name(),
                    remedy.apply(role.name(), role.entity().keys().get(0).name())));
      }
    }
  }
}
