package dev.plumbline.bench.online;

import dev.plumbline.bench.plain.v1.Value;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A hash for each entity and view, with a protobuf value under the name of each feature that is not
 * null, and the event time. What most feature stores keep in Redis.
 */
final class PlainStore implements AutoCloseable {
  /** Holds the event time, 8 bytes of microseconds. */
  static final String EVENT_TIME = "_ts";

  private static final int ENTITIES_PER_FLUSH = 200;

  private final RedisClient client;
  private final StatefulRedisConnection<String, byte[]> connection;

  PlainStore(String address) {
    client = RedisClient.create(address);
    connection = client.connect(RedisCodec.of(StringCodec.ASCII, ByteArrayCodec.INSTANCE));
  }

  static long eventTime(byte[] stored) {
    return ByteBuffer.wrap(stored).getLong();
  }

  /** All fields of one hash; none if it is not there. */
  CompletableFuture<Map<String, byte[]>> read(int view, long entity) {
    return connection.async().hgetall(key(view, entity)).toCompletableFuture();
  }

  /** Writes the hash of every entity. */
  void write(int view, Population population, Times times) {
    RedisAsyncCommands<String, byte[]> commands = connection.async();
    connection.setAutoFlushCommands(false);
    List<RedisFuture<Long>> sent = new ArrayList<>();
    for (int entity = 0; entity < population.entities(); entity++) {
      sent.add(commands.hset(key(view, entity), fields(view, entity, population, times)));
      if (sent.size() == ENTITIES_PER_FLUSH) {
        await(sent);
      }
    }
    await(sent);
    connection.setAutoFlushCommands(true);
  }

  private void await(List<RedisFuture<Long>> sent) {
    connection.flushCommands();
    sent.forEach(each -> each.toCompletableFuture().join());
    sent.clear();
  }

  private static Map<String, byte[]> fields(
      int view, int entity, Population population, Times times) {
    Map<String, byte[]> fields = new HashMap<>();
    for (int i = 0; i < Population.FEATURES; i++) {
      int feature = view * Population.FEATURES + i;
      if (!population.isNull(entity, feature)) {
        Value value = Value.newBuilder().setDoubleValue(population.value(entity, feature)).build();
        fields.put(Population.name(feature), value.toByteArray());
      }
    }
    long eventTime = times.row(population.isExpired(entity)).eventTime();
    fields.put(EVENT_TIME, ByteBuffer.allocate(Long.BYTES).putLong(eventTime).array());
    return fields;
  }

  private static String key(int view, long entity) {
    return "plain:" + view + ":" + entity;
  }

  @Override
  public void close() {
    connection.close();
    client.shutdown();
  }
}
