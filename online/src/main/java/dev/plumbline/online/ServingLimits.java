package dev.plumbline.online;

/**
 * How much a server takes on. What is beyond is refused with RESOURCE_EXHAUSTED, and the message
 * names the option that says so.
 *
 * @param rows in one call
 * @param references in one call
 * @param requestBytes of one call, serialized; gRPC itself refuses what is longer, unread
 * @param largeCalls under way at once, of those that are worked on beside the event loops
 * @param calls of GetFeatures under way at once, large ones included
 */
public record ServingLimits(int rows, int references, int requestBytes, int largeCalls, int calls) {
  /**
   * 10,000 rows, 1,000 references, 16 MiB, 64 large calls, 4,096 calls: with the three commands
   * that a small call of one view sends, they fit into the queue to Redis.
   */
  public static final ServingLimits DEFAULT = new ServingLimits(10_000, 1_000, 16 << 20, 64, 4_096);

  public ServingLimits {
    atLeastOne("--max-rows", rows);
    atLeastOne("--max-references", references);
    atLeastOne("--max-request-bytes", requestBytes);
    atLeastOne("--max-large-calls", largeCalls);
    atLeastOne("--max-calls", calls);
  }

  private static void atLeastOne(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(option + " " + value + " (expected: at least 1)");
    }
  }
}
