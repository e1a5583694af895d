package dev.plumbline.cli;

import java.net.InetSocketAddress;

/** Addresses as people write them. */
final class Addresses {
  private static final int LAST_PORT = 65_535;

  private Addresses() {}

  /**
   * The address {@code host:port}.
   *
   * @throws UsageException if it is none
   */
  static InetSocketAddress parse(String option, String text) {
    int colon = text.lastIndexOf(':');
    boolean port = text.substring(colon + 1).matches("\\d{1,5}");
    if (colon < 1 || !port || Integer.parseInt(text.substring(colon + 1)) > LAST_PORT) {
      throw new UsageException(
          "%s %s (expected: HOST:PORT, such as 127.0.0.1:6566)".formatted(option, text));
    }
    return new InetSocketAddress(
        text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }
}
