package dev.plumbline.discovery;

import dev.plumbline.definition.Revision;
import dev.plumbline.definition.yaml.FlightsExample;

/** A small revision with two versions of a view, one of them about to go, and names used twice. */
final class Shop {
  private static final String TEXT =
      """
      entity: customer
      keys: [{name: id, type: bigint}]
      owner: crm
      ---
      entity: shop
      keys: [{name: id, type: int}]
      ---
      source: orders
      format: parquet
      path: orders
      event_time: ordered_at
      description: What was bought.
      tags: [raw, daily]
      columns:
        - {name: customer, type: bigint}
        - {name: shop, type: int}
        - {name: amount, type: double, expr: "cast(euros as double)"}
        - {name: paid, type: boolean}
        - {name: code, type: string}
        - {name: ordered_at, type: timestamp}
      ---
      feature_view: spending
      version: 1
      entity: customer
      source: orders
      keys: {id: customer}
      every: 1h
      retired: true
      features:
        - {name: spend_7d, expr: sum(amount), window: 7d}
      ---
      feature_view: spending
      version: 2
      entity: customer
      source: orders
      keys: {id: customer}
      every: 30m
      availability_lag: 5m
      max_age: 2d
      owner: growth
      tags: [money]
      expect:
        - rows: {min: 1, max: 10}
        - freshness: 3h
        - nulls: {feature: spend_7d, max_share: 0.25}
        - range: {feature: last_code, min: "0", max: "9"}
        - range: {feature: spend_7d, min: -1.5}
      features:
        - {name: spend_7d, expr: sum(amount), window: 7d, description: "Euros: all of them, in a week."}
        - {name: orders_all, expr: count(*), window: all}
        - {name: last_code, expr: last(code), window: 90s}
      ---
      feature_view: takings
      version: 1
      entity: shop
      source: orders
      keys: {id: shop}
      every: 1d
      features:
        - {name: spend_7d, expr: amount}
      expect: [{unique: key}]
      ---
      on_demand_view: affordable
      version: 1
      roles: {buyer: customer}
      inputs: [buyer:spend_7d@2]
      request: [{name: price, type: double}]
      on_missing: "null"
      features:
        - {name: share, expr: "price / nullif(buyer.spend_7d, 0)"}
      ---
      feature_service: offers
      roles: {buyer: customer, shop: shop}
      features: [buyer:orders_all@2, buyer:last_code@2, shop:spend_7d@1, affordable:share@1]
      defaults: {buyer:last_code@2: "007", buyer:orders_all@2: 0}
      ---
      feature_service: old_offers
      retired: true
      features: [customer:spend_7d@1]
      ---
      dataset: offer_training
      service: offers
      labels:
        source: orders
        time: ordered_at
        columns: [paid, price]
        keys: {buyer: {id: customer}, shop: {id: shop}}
      split: {by: buyer, train: 0.75, test: 0.25, seed: 3}
      """
          .replace(
              "  - {name: paid, type: boolean}",
              "  - {name: paid, type: boolean}\n  - {name: price, type: double, expr: '1.0D'}");

  private Shop() {}

  static Revision revision() {
    return FlightsExample.load(TEXT);
  }

  static Revision with(String what, String instead) {
    return FlightsExample.load(TEXT.replace(what, instead));
  }
}
