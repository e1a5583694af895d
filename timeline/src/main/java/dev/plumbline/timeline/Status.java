package dev.plumbline.timeline;

import org.jspecify.annotations.Nullable;

/**
 * What is known about one feature of one entity at one instant; the same words in training and in
 * serving.
 */
public enum Status {
  /** There is a value. The only status that always carries one. */
  PRESENT,
  /** A row was found and this value is null. */
  NULL,
  /** No row is visible, or the newest says that the entity is gone. */
  MISSING,
  /** The newest row is older than allowed. */
  EXPIRED,
  /** The value could not be read or computed. */
  INVALID;

  /** Whether there is no row to answer with, so that a default may stand in. */
  public boolean isAbsent() {
    return this == MISSING || this == EXPIRED;
  }

  /** The status of a value in a row of this status: a null in a PRESENT row is NULL. */
  public Status ofValue(@Nullable Object value) {
    return this == PRESENT && value == null ? NULL : this;
  }
}
