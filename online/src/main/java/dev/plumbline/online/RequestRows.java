package dev.plumbline.online;

import org.jspecify.annotations.Nullable;

/**
 * How many rows a request has: as many as its key columns, which are equally long; without keys as
 * many as its longest request value; without those one. Not thread-safe.
 */
final class RequestRows {
  private final int most;
  private @Nullable RequestColumns first;
  private int firstColumn;

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
  void addKey(RequestColumns columns, int column) {
    int found = columns.rows(column);
    if (first == null) {
      check(columns, column);
      first = columns;
      firstColumn = column;
    } else if (found != first.rows(firstColumn)) {
      throw new CallException.Invalid(
          columns.name(column),
          "has %d rows (expected: %d, as many as %s)"
              .formatted(found, first.rows(firstColumn), first.name(firstColumn)));
    }
  }

  /**
   * The number of rows that are asked for.
   *
   * @throws CallException if a request value has neither one slot nor as many as rows
   */
  int count(RequestColumns values) {
    int count = first != null ? first.rows(firstColumn) : longest(values);
    for (int column = 0; column < values.columns().size(); column++) {
      int found = values.rows(column);
      if (found != 1 && found != count) {
        throw new CallException.Invalid(
            values.name(column),
            "has %d rows (expected: %s)".formatted(found, count == 1 ? "1" : "1 or " + count));
      }
    }
    return count;
  }

  private int longest(RequestColumns values) {
    int longest = 1;
    for (int column = 0; column < values.columns().size(); column++) {
      check(values, column);
      longest = Math.max(longest, values.rows(column));
    }
    return longest;
  }

  private void check(RequestColumns columns, int column) {
    int found = columns.rows(column);
    if (found == 0) {
      throw new CallException.Invalid(
          columns.name(column), "has no rows (expected: 1 to %d)".formatted(most));
    }
    if (found > most) {
      throw new CallException.TooMuch(
          columns.name(column),
          "has %d rows (expected: at most %d, --max-rows); send them in several calls"
              .formatted(found, most));
    }
  }
}
