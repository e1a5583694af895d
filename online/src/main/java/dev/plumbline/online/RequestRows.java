package dev.plumbline.online;

import dev.plumbline.type.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many rows a request has: as many as its key columns, which are equally long; without keys as
 * many as its longest request value; without those one. Not thread-safe.
 */
final class RequestRows {
  private final int most;
  private @Nullable String first;
  private int rows;

  /**
   * No rows yet.
   *
   * @param most that a call may have
   */
  RequestRows(int most) {
    this.most = most;
  }

  /**
   * Adds the column of one key of an entity.
   *
   * @throws CallException if the column has another length than those before, or a forbidden one
   */
  void addKey(RequestColumns columns, Field field) {
    String name = columns.where() + "." + field.name();
    int found = columns.rows(field);
    if (first == null) {
      check(name, found);
      first = name;
      rows = found;
    } else if (found != rows) {
      throw new CallException.Invalid(
          name, "has %d rows (expected: %d, as many as %s)".formatted(found, rows, first));
    }
  }

  /**
   * The number of rows that are asked for.
   *
   * @throws CallException if a request value has neither one slot nor as many as rows
   */
  int count(RequestColumns values, List<Field> fields) {
    int count = first != null ? rows : longest(values, fields);
    for (Field field : fields) {
      int found = values.rows(field);
      if (found != 1 && found != count) {
        throw new CallException.Invalid(
            values.where() + "." + field.name(),
            "has %d rows (expected: %s)".formatted(found, count == 1 ? "1" : "1 or " + count));
      }
    }
    return count;
  }

  private int longest(RequestColumns values, List<Field> fields) {
    int longest = 1;
    for (Field field : fields) {
      int found = values.rows(field);
      check(values.where() + "." + field.name(), found);
      longest = Math.max(longest, found);
    }
    return longest;
  }

  private void check(String name, int found) {
    if (found == 0) {
      throw new CallException.Invalid(name, "has no rows (expected: 1 to %d)".formatted(most));
    }
    if (found > most) {
      throw new CallException.TooMuch(
          name,
          "has %d rows (expected: at most %d, --max-rows); send them in several calls"
              .formatted(found, most));
    }
  }
}
