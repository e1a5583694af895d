package dev.plumbline.client;

/** What the server knows about one feature of one row. */
public enum Status {
  /** There is a value. The only status that always carries one. */
  PRESENT,
  /** A row was found and this value is null. */
  NULL,
  /** The store knows nothing of this entity, or that it is gone. */
  MISSING,
  /** What is known is older than allowed. */
  EXPIRED,
  /** The value could not be read or computed. */
  INVALID
}
