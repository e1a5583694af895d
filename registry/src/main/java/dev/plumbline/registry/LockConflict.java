package dev.plumbline.registry;

import dev.plumbline.definition.ViewId;
import dev.plumbline.failure.ConflictException;

/** What is said to somebody who does not have the lock of a view. */
final class LockConflict {
  private LockConflict() {}

  static ConflictException heldBy(String holder, ViewId view) {
    return new ConflictException(
        "view '%s' is locked by %s; wait until it has finished, or end it".formatted(view, holder));
  }

  static ConflictException lost(ViewId view, String how) {
    return new ConflictException(
        "the lock of view '%s' is lost: %s, so another run may have begun; run it again"
            .formatted(view, how));
  }
}
