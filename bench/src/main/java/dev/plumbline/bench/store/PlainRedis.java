package dev.plumbline.bench.store;

import dev.plumbline.store.RedisAddress;
import io.lettuce.core.FlushMode;
import io.lettuce.core.KeyValue;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Redis past the store, by the same client. Every method waits for the answer. */
final class PlainRedis implements AutoCloseable {
  private static final ByteArrayCodec CODEC = ByteArrayCodec.INSTANCE;

  /** As the store sends records: so many per flush, so many flushes on their way. */
  private static final int SETS_PER_PIPELINE = 500;

  private static final int PIPELINES_AT_ONCE = 4;

  private static final int KEYS_PER_READ = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Pattern VERSION = Pattern.compile("redis_version:(\\S+)");
  private static final Pattern CPU = Pattern.compile("used_cpu_(?:sys|user):([0-9.]+)");

  private final RedisClient client;
  private final StatefulRedisConnection<byte[], byte[]> connection;
  private final RedisCommands<byte[], byte[]> commands;

  private PlainRedis(RedisClient client) {
    this.client = client;
    this.connection = client.connect(CODEC);
    this.commands = connection.sync();
  }

  /** The Redis at an address that needs no password. */
  static PlainRedis connect(RedisAddress address) {
    return new PlainRedis(RedisClient.create(RedisURI.create(address.toString())));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Removes everything, and returns when its memory is free. */
  void clear() {
    commands.flushall(FlushMode.SYNC);
  }

  long size() {
    return commands.dbsize();
  }

  /** Puts fields into the hash under {@code key}. */
  void setFields(byte[] key, List<Entry> fields) {
    CommandArgs<byte[], byte[]> arguments = new CommandArgs<>(CODEC).addKey(key);
    fields.forEach(field -> arguments.addKey(field.key()).addValue(field.value()));
    commands.dispatch(CommandType.HSET, new IntegerOutput<>(CODEC), arguments);
  }

  /** Bytes that all keys and their values take, by Redis's own account of each. */
  long bytesOfAll() {
    return commands.keys("*").stream().mapToLong(this::bytesOf).sum();
  }

  private long bytesOf(byte[] key) {
    return commands.dispatch(
        CommandType.MEMORY,
        new IntegerOutput<>(CODEC),
        new CommandArgs<>(CODEC).add("USAGE").addKey(key).add("SAMPLES").add(0));
  }

  /** Everything that is held, all of it strings, in the order of keys. */
  List<Entry> entries() {
    List<byte[]> keys = new ArrayList<>(commands.keys("*"));
    keys.sort(Arrays::compareUnsigned);
    List<Entry> entries = new ArrayList<>(keys.size());
    for (int from = 0; from < keys.size(); from += KEYS_PER_READ) {
      List<byte[]> some = keys.subList(from, Math.min(from + KEYS_PER_READ, keys.size()));
      for (KeyValue<byte[], byte[]> found : commands.mget(some.toArray(byte[][]::new))) {
        entries.add(new Entry(found.getKey(), found.getValue()));
      }
    }
    return entries;
  }

  /** Puts all of these, whatever is held, by one {@code SET} for each. */
  void set(List<Entry> entries) {
    Deque<Future<?>[]> underway = new ArrayDeque<>();
    for (int from = 0; from < entries.size(); from += SETS_PER_PIPELINE) {
      if (underway.size() == PIPELINES_AT_ONCE) {
        await(underway.remove());
      }
      int to = Math.min(from + SETS_PER_PIPELINE, entries.size());
      underway.add(sent(entries.subList(from, to)));
    }
    underway.forEach(PlainRedis::await);
  }

  private Future<?>[] sent(List<Entry> entries) {
    List<AsyncCommand<byte[], byte[], String>> sets =
        entries.stream()
            .map(entry -> new CommandArgs<>(CODEC).addKey(entry.key()).addValue(entry.value()))
            .map(set -> new Command<>(CommandType.SET, new StatusOutput<>(CODEC), set))
            .map(AsyncCommand::new)
            .toList();
    connection.dispatch(sets);
    return sets.toArray(Future<?>[]::new);
  }

  private static void await(Future<?>[] pipeline) {
    if (!LettuceFutures.awaitAll(PATIENCE, pipeline)) {
      throw new IllegalStateException("Redis has not answered within " + PATIENCE);
    }
  }

  /** Processor time that the server has taken since it was started. */
  double cpuSeconds() {
    Matcher numbers = CPU.matcher(commands.info("cpu"));
    double sum = 0;
    while (numbers.find()) {
      sum += Double.parseDouble(numbers.group(1));
    }
    return sum;
  }

  String version() {
    Matcher version = VERSION.matcher(commands.info("server"));
    return version.find() ? version.group(1) : "unknown";
  }

  @Override
  public void close() {
    connection.close();
    client.shutdown();
  }
}
