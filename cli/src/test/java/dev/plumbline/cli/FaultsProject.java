package dev.plumbline.cli;

import dev.plumbline.definition.ViewId;
import dev.plumbline.registry.LedgerEntry;
import dev.plumbline.store.local.EphemeralRedis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A project whose commands are killed: a shop with many customers, and a Redis of its own. It can
 * be put back to where it was, always in the same folder, since a table knows its files by their
 * whole paths.
 */
final class FaultsProject implements AutoCloseable {
  static final ViewId VIEW = new ViewId("customer_orders", 1);
  private static final int CUSTOMERS = 2_000;
  private static final HexFormat HEX = HexFormat.of();

  private final ShopProject shop;
  private final Path copies;
  private final EphemeralRedis server;
  private final RedisClient client;
  private final StatefulRedisConnection<byte[], byte[]> redis;

  /** Where it was once: a copy of its folder, and all keys and values of its Redis in hex. */
  record Position(Path copy, Map<String, String> redis) {}

  /** A project in {@code folder}; nothing is applied yet. */
  FaultsProject(Path folder) {
    server = EphemeralRedis.start();
    shop = ShopProject.in(folder.resolve("shop"), server);
    copies = folder.resolve("copies");
    client = RedisClient.create(RedisURI.create(server.address().toString()));
    redis = client.connect(ByteArrayCodec.INSTANCE);
    shop.order(orders(""));
  }

  /** Two or three orders of each customer in the last week of February, and {@code more}. */
  private static String orders(String more) {
    Random random = new Random(7);
    StringBuilder orders = new StringBuilder("customer,amount,ordered_at\n");
    for (int i = 0; i < CUSTOMERS * 5 / 2; i++) {
      orders.append(
          "%d,%d.25,2026-02-%dT%02d:%02d:00Z%n"
              .formatted(
                  i % CUSTOMERS,
                  random.nextInt(500),
                  22 + random.nextInt(7),
                  random.nextInt(24),
                  random.nextInt(60)));
    }
    return orders + more;
  }

  /** New orders, and one of a time that was computed and published before. */
  void receiveOrders() {
    String more =
        Stream.iterate(1, customer -> customer < CUSTOMERS, customer -> customer + 3)
            .map("%d,9.75,2026-03-02T15:20:00Z%n"::formatted)
            .collect(Collectors.joining());
    shop.order(orders(more + "2,1000.5,2026-03-01T09:30:00Z\n"));
  }

  /** Runs a command to its end, in a process of its own. */
  Terminal.Output plumb(String line) throws Exception {
    try (PlumbProcess process = start(line)) {
      return process.ended();
    }
  }

  PlumbProcess start(String line) throws IOException {
    return PlumbProcess.start(shop.arguments(line));
  }

  private Path metadata() {
    return shop.folder().resolve(".plumb/metadata.db");
  }

  /**
   * A copy of the metadata database as it is. This process must not keep the database itself open:
   * SQLite's locks are gone as soon as it closes any other descriptor of the file, and then {@code
   * plumb} takes itself for its only user.
   */
  Path metadataCopy() {
    try {
      Path copy = Files.createTempDirectory(copies.getParent(), "metadata").resolve("metadata.db");
      for (String part : List.of("", "-wal")) {
        Path original = Path.of(metadata() + part);
        if (Files.exists(original)) {
          Files.copy(original, Path.of(copy + part));
        }
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path warehouse() {
    return shop.folder().resolve(".plumb/warehouse");
  }

  void define(String definitions) {
    shop.define(definitions);
  }

  /** How many runs of the view are in a phase; none while the database cannot be read. */
  int runsIn(LedgerEntry.Phase phase) {
    return count("select count(*) from run where phase = '%s'".formatted(phase.name()));
  }

  /** How many versions are noted as pruned; none while the database cannot be read. */
  int pruned() {
    return count("select count(*) from pruned_version");
  }

  private int count(String question) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + metadata());
        ResultSet row = connection.createStatement().executeQuery(question)) {
      return row.next() ? row.getInt(1) : 0;
    } catch (SQLException e) {
      return 0; // locked for a moment
    }
  }

  /** The files that say what the tables hold, newest and older ones. */
  Set<Path> tableMetadata() {
    try (Stream<Path> files = Files.walk(warehouse())) {
      return files
          .filter(file -> file.toString().endsWith(".metadata.json"))
          .collect(Collectors.toSet());
    } catch (IOException | UncheckedIOException e) {
      return Set.of(); // not there yet, or a file went while we looked
    }
  }

  /** All keys and values of Redis, in hex. */
  Map<String, String> redis() {
    return redis("*");
  }

  /** Those of markers. */
  Map<String, String> markers() {
    return redis("shop:marker:*");
  }

  private Map<String, String> redis(String pattern) {
    Map<String, String> all = new TreeMap<>();
    List<byte[]> keys = redis.sync().keys(pattern);
    if (keys.isEmpty()) {
      return all;
    }
    redis
        .sync()
        .mget(keys.toArray(byte[][]::new))
        .forEach(
            value ->
                value.ifHasValue(v -> all.put(HEX.formatHex(value.getKey()), HEX.formatHex(v))));
    return all;
  }

  /** Keys that will vanish by themselves: none, since the clock is frozen. */
  List<String> mortal() {
    return redis().keySet().stream()
        .filter(key -> redis.sync().pttl(HEX.parseHex(key)) >= 0)
        .toList();
  }

  Position position(String name) throws IOException {
    Path copy = copies.resolve(name);
    copy(shop.folder(), copy);
    return new Position(copy, redis());
  }

  void restore(Position position) throws IOException {
    delete(shop.folder());
    copy(position.copy(), shop.folder());
    redis.sync().flushall();
    position
        .redis()
        .forEach((key, value) -> redis.sync().set(HEX.parseHex(key), HEX.parseHex(value)));
  }

  private static void copy(Path from, Path to) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(from)) {
      all = walk.toList();
    }
    for (Path each : all) {
      Path target = to.resolve(from.relativize(each).toString());
      if (Files.isDirectory(each)) {
        Files.createDirectories(target);
      } else {
        Files.copy(each, target, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.delete(each);
    }
  }

  @Override
  public void close() {
    redis.close();
    client.shutdown();
    server.close();
  }
}
