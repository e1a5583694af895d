package dev.plumbline.online;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** By what a call is found again in logs: the caller's word, or one of ours. */
record RequestId(String text) {
  private static final int MOST_BYTES = 128;

  /** The caller's id, or a new one where that is empty or too long. */
  static RequestId of(String asked) {
    return asked.isEmpty() || bytes(asked) > MOST_BYTES ? random() : new RequestId(asked);
  }

  /**
   * Refuses an id of more than 128 bytes.
   *
   * @throws CallException.Invalid if the caller's id is too long
   */
  static void check(String asked) {
    if (bytes(asked) > MOST_BYTES) {
      throw new CallException.Invalid(
          "request_id", "%d bytes (expected: at most %d)".formatted(bytes(asked), MOST_BYTES));
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  byte[] utf8() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static RequestId random() {
    return new RequestId(HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
  }

  /** As a header can carry it: what is not printable ASCII becomes a question mark. */
  String ascii() {
    return text.replaceAll("[^\\x20-\\x7e]", "?");
  }

  @Override
  public String toString() {
    return ascii();
  }
}
