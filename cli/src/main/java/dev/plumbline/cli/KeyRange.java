package dev.plumbline.cli;

import dev.plumbline.client.ServiceDescription.Field;
import dev.plumbline.client.ServiceDescription.Role;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Entities with one key, a whole number.
 *
 * @param from the first
 * @param to the last
 */
record KeyRange(long from, long to) {
  private static final Pattern TEXT = Pattern.compile("(-?\\d{1,18})\\.\\.(-?\\d{1,18})");
  private static final int MOST = 1_000_000_000;

  /**
   * The range that {@code FROM..TO} is.
   *
   * @throws UsageException if it is none
   */
  static KeyRange parse(String role, String text) {
    Matcher parts = TEXT.matcher(text);
    if (parts.matches()) {
      KeyRange range = new KeyRange(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)));
      if (range.from <= range.to && range.to - range.from < MOST) {
        return range;
      }
    }
    throw new UsageException(
        "--range %s=%s (expected: ROLE=FROM..TO, such as %s=1..1000000, of at most a billion)"
            .formatted(role, text, role));
  }

  /**
   * The entities of a role.
   *
   * @throws UsageException if the role has other keys, or an end is not of the key's type
   */
  KeyPool of(Role role) {
    if (role.keys().size() != 1 || !role.keys().get(0).type().matches("int|bigint")) {
      throw new UsageException(
          "--range %s=%d..%d: its keys are %s (expected: one, of type int or bigint); name a file with --keys"
              .formatted(
                  role.name(),
                  from,
                  to,
                  role.keys().stream().map(key -> key.name() + " " + key.type()).toList()));
    }
    Field only = role.keys().get(0);
    for (long end : new long[] {from, to}) {
      var unused = RequestValues.parse("--range " + role.name(), only, Long.toString(end));
    }
    boolean narrow = only.type().equals("int");
    return new KeyPool(
        List.of(role),
        Math.toIntExact(to - from + 1),
        (ofRole, key, number) ->
            narrow ? (Object) (int) (from + number) : (Object) (from + number));
  }
}
