package dev.plumbline.bench.offline;

import java.util.List;

/** A means to join labels with features, in one way or in several. */
record Engine(String name, List<Way> ways) {
  static final String PLUMBLINE = "plumbline";
  static final String COMPACTED = "plumbline-compacted";
  static final String DUCKDB = "duckdb";
  static final String UNION_LAST = "union-last";
  static final String RANGE_JOIN = "range-join";
  static final String ORACLE = "oracle";

  Engine {
    ways = List.copyOf(ways);
  }
}
