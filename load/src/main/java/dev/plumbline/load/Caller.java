package dev.plumbline.load;

/** Begins calls of one kind, one after the other. Used by one thread at a time. */
@FunctionalInterface
public interface Caller {
  /**
   * Begins a call and returns, without waiting for its end.
   *
   * @param outcome is told once how the call ended, on any thread
   */
  void begin(Outcome outcome);

  /** How one call ended. */
  interface Outcome {
    /**
     * By a reply.
     *
     * @param bytes of it
     */
    void replied(long bytes);

    /**
     * By a failure.
     *
     * @param code that says which, e.g. {@code UNAVAILABLE}
     */
    void failed(String code);
  }
}
