package dev.plumbline.cli;

import dev.plumbline.client.ServiceDescription.Field;
import dev.plumbline.client.ServiceDescription.Role;
import java.util.List;

/**
 * Entities that a load asks for, numbered from 0.
 *
 * @param roles whose keys one number chooses together
 * @param size how many there are, 1 or more
 */
record KeyPool(List<Role> roles, int size, Keys keys) {
  /** The values of keys. */
  @FunctionalInterface
  interface Keys {
    /** The value of one key of a role for a number below the size, in the Java form of its type. */
    Object of(Role role, Field key, int number);
  }

  KeyPool {
    roles = List.copyOf(roles);
  }
}
