package dev.plumbline.definition;

/** Whether a definition is in use, or about to go. */
public enum Lifecycle {
  /** Materialised, served and trained on. */
  ACTIVE,
  /** Not run any more, and read by no service that is not retired too: it may be removed next. */
  RETIRED
}
