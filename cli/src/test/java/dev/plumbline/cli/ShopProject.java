package dev.plumbline.cli;

import dev.plumbline.store.local.EphemeralRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A small project on disk: three customers, their orders, one view, one service, one dataset. */
final class ShopProject {
  static final String DEFINITIONS =
      """
      entity: customer
      keys: [{name: id, type: bigint}]
      ---
      source: orders
      format: csv
      path: orders.csv
      event_time: ordered_at
      columns:
        - {name: customer, type: bigint, expr: cast(customer as bigint)}
        - {name: amount, type: double, expr: cast(amount as double)}
        - {name: ordered_at, type: timestamp, expr: to_timestamp(ordered_at)}
      ---
      feature_view: customer_orders
      version: 1
      entity: customer
      source: orders
      keys: {id: customer}
      every: 1h
      availability_lag: 5m
      max_age: 2d
      features:
        - {name: orders_1d, expr: count(*), window: 1d}
        - {name: spend_7d, expr: sum(amount), window: 7d}
      ---
      feature_service: shop_model
      features: [customer:orders_1d@1, customer:spend_7d@1]
      ---
      dataset: shop_training
      service: shop_model
      labels:
        source: orders
        time: ordered_at
        columns: [amount]
        keys: {customer: {id: customer}}
      """;

  static final String ORDERS =
      """
      customer,amount,ordered_at
      1,10.5,2026-02-27T09:30:00Z
      1,4.5,2026-03-01T08:15:00Z
      2,99.0,2026-02-28T20:00:00Z
      3,1.0,2026-02-25T00:00:00Z
      """;

  private final Path folder;

  private ShopProject(Path folder) {
    this.folder = folder;
  }

  /** The project in this folder, at noon of the first of March 2026. */
  static ShopProject in(Path folder, EphemeralRedis redis) {
    return in(folder, redis.address().toString());
  }

  static ShopProject in(Path folder, String redis) {
    return in(folder, redis, "");
  }

  /** The same with more settings, in lines of their own. */
  static ShopProject in(Path folder, String redis, String settings) {
    ShopProject project = new ShopProject(folder);
    project.write(
        "plumb.yaml",
        "project: shop\nnow: 2026-03-01T12:00:00Z\nredis: '%s'\n%s".formatted(redis, settings));
    project.order(ORDERS);
    project.define(DEFINITIONS);
    return project;
  }

  void define(String definitions) {
    write("definitions/shop.yaml", definitions);
  }

  /** Puts these orders, as CSV, in the place of all others. */
  void order(String orders) {
    write("orders.csv", orders);
  }

  /** Runs a command line, its words separated by blanks, on this project. */
  Terminal.Output plumb(String line) {
    return Terminal.run(arguments(line));
  }

  Path folder() {
    return folder;
  }

  String[] arguments(String line) {
    return Stream.concat(Stream.of(line.split(" ")), Stream.of("--project", folder.toString()))
        .toArray(String[]::new);
  }

  void write(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
