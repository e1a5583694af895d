package dev.plumbline.bench.live;

import dev.plumbline.definition.ViewId;

/** The view that is kept up to date: count, sum and maximum over a day and thirty, every hour. */
final class LiveView {
  static final ViewId ID = new ViewId("activity", 1);

  /** As a user declares it. */
  static final String DEFINITIONS =
      """
      entity: account
      keys: [{name: id, type: bigint}]
      ---
      source: events
      format: parquet
      path: unused
      event_time: at
      columns: [{name: id, type: bigint}, {name: at, type: timestamp}, {name: v, type: bigint}]
      ---
      feature_view: activity
      version: 1
      entity: account
      source: events
      keys: {id: id}
      every: 1h
      features:
        - {name: events_1d, expr: count(*), window: 1d}
        - {name: total_1d, expr: sum(v), window: 1d}
        - {name: greatest_1d, expr: max(v), window: 1d}
        - {name: events_30d, expr: count(*), window: 30d}
        - {name: total_30d, expr: sum(v), window: 30d}
        - {name: greatest_30d, expr: max(v), window: 30d}
      """;

  private LiveView() {}
}
