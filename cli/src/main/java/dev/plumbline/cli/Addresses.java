package dev.plumbline.cli;

import java.net.InetSocketAddress;

/** Addresses as people write them. */
final class Addresses {
  private Addresses() {}

  /**
   * The address {@code host:port}.
   *
   * @throws UsageException if it is none
   */
  static InetSocketAddress parse(String option, String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1 || !text.substring(colon + 1).matches("\\d{1,5}")) {
      throw new UsageException(
          "%s %s (expected: HOST:PORT, such as 127.0.0.1:6566)".formatted(option, text));
    }
    return new InetSocketAddress(
        text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }
}
