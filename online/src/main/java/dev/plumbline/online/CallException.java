package dev.plumbline.online;

/** A call that cannot be answered, for a reason that somebody outside can act on. */
abstract sealed class CallException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private CallException(String message) {
    super(message);
  }

  /** The request contradicts itself or the service. The message begins with the field. */
  static final class Invalid extends CallException {
    private static final long serialVersionUID = 1;

    Invalid(String field, String message) {
      super(field + ": " + message);
    }
  }

  /** The request asks for more than one call may. */
  static final class TooMuch extends CallException {
    private static final long serialVersionUID = 1;

    TooMuch(String field, String message) {
      super(field + ": " + message);
    }
  }

  /** The request asks for a registry revision that is not served here. */
  static final class NotServed extends CallException {
    private static final long serialVersionUID = 1;

    NotServed(String field, String message) {
      super(field + ": " + message);
    }
  }

  /** Something that the answer needs is not there yet. The message says how to bring it. */
  static final class NotReady extends CallException {
    private static final long serialVersionUID = 1;

    NotReady(String message) {
      super(message);
    }
  }
}
