package dev.plumbline.gate;

import dev.plumbline.type.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts keys, of which each is an entity at an event time, and those with rows that differ. All
 * such rows are examples.
 */
final class UniqueKeyTally extends RuleTally {
  private static final long serialVersionUID = 1;

  private final List<Integer> features;

  UniqueKeyTally(List<Integer> features) {
    super(Examples.firstByEntity());
    this.features = new ArrayList<>(features);
  }

  @Override
  void observe(GateColumns columns, List<Object> key, List<SeenRow> rows) {
    int end;
    for (int start = 0; start < rows.size(); start = end) {
      end = endOfTime(rows, start);
      count(1);
      Bytes first = rows.get(start).content();
      List<SeenRow> same = rows.subList(start, end);
      if (same.stream().anyMatch(row -> !row.content().equals(first))) {
        breaks(columns.example(key, same.get(0)));
        same.forEach(row -> examples().offer(columns.example(key, row)));
      }
    }
  }

  private static int endOfTime(List<SeenRow> rows, int start) {
    int end = start + 1;
    while (end < rows.size() && rows.get(end).eventTime() == rows.get(start).eventTime()) {
      end++;
    }
    return end;
  }

  @Override
  Finding finding(long refresh) {
    return new Finding(
        broken() == 0,
        brokenOfAll() + " keys and event times have rows that differ",
        "none",
        features);
  }
}
