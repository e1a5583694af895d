package dev.plumbline.online;

import dev.plumbline.timeline.Status;

/** What the wire calls a status: one byte, greater than 0. */
final class WireStatus {
  static final byte PRESENT = dev.plumbline.serving.v1.Status.STATUS_PRESENT_VALUE;
  static final byte NULL = dev.plumbline.serving.v1.Status.STATUS_NULL_VALUE;

  /** One more than the greatest. */
  static final int END = 1 + Status.values().length;

  private WireStatus() {}

  static byte of(Status status) {
    return switch (status) {
      case PRESENT -> PRESENT;
      case NULL -> NULL;
      case MISSING -> dev.plumbline.serving.v1.Status.STATUS_MISSING_VALUE;
      case EXPIRED -> dev.plumbline.serving.v1.Status.STATUS_EXPIRED_VALUE;
      case INVALID -> dev.plumbline.serving.v1.Status.STATUS_INVALID_VALUE;
    };
  }
}
