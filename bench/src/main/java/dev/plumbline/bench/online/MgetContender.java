package dev.plumbline.bench.online;

import dev.plumbline.bench.online.Cell.Fact;
import dev.plumbline.load.Caller;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The same records, fetched from Redis by this process itself: one {@code MGET} a call over one
 * pipelined connection, and nothing decoded but what is compared.
 */
final class MgetContender implements Contender {
  /** Where things lie in a record, by {@code docs/spec/online-record.md}. */
  private static final int EVENT_TIME = 1;

  private static final int HAS_NULLS = 0x80;
  private static final int COLUMNS = 24;
  private static final int BITMAP = (Population.FEATURES + 7) / 8;

  private final Shape shape;
  private final Population population;
  private final Instant refresh;
  private final Comparison comparison;
  private final List<StoredKeys> views;
  private final RedisClient client;
  private final StatefulRedisConnection<byte[], byte[]> connection;

  MgetContender(Shape shape, Served served, Comparison comparison) {
    this.shape = shape;
    this.population = served.population();
    this.refresh = served.times().refresh();
    this.comparison = comparison;
    this.views =
        shape.eachView().mapToObj(view -> new StoredKeys(served.project().shortId(view))).toList();
    this.client = RedisClient.create(served.redis().toString());
    this.connection = client.connect(ByteArrayCodec.INSTANCE);
  }

  @Override
  public String name() {
    return Contenders.MGET;
  }

  @Override
  public List<Caller> callers(int count, long seed) {
    return IntStream.range(0, count)
        .mapToObj(i -> caller(new Sampling(shape, population, seed * count + i)))
        .toList();
  }

  private Caller caller(Sampling sampling) {
    return outcome -> {
      int[] entities = sampling.entities();
      boolean looked = sampling.isNext();
      var unused =
          connection
              .async()
              .mget(keys(entities))
              .whenComplete(
                  (records, failure) -> {
                    if (failure != null) {
                      outcome.failed("UNAVAILABLE");
                      return;
                    }
                    if (looked) {
                      comparison.compare(
                          name(), shape, entities, none -> reply(records), new byte[0]);
                    }
                    outcome.replied(bytes(records));
                  });
    };
  }

  /** Of all views of the first entity, then of the second, and so on. */
  private byte[][] keys(int[] entities) {
    byte[][] keys = new byte[entities.length * views.size()][];
    int at = 0;
    for (int entity : entities) {
      for (StoredKeys view : views) {
        keys[at++] = view.of(entity);
      }
    }
    return keys;
  }

  private static long bytes(List<KeyValue<byte[], byte[]>> records) {
    long sum = 0;
    for (KeyValue<byte[], byte[]> record : records) {
      sum += record.hasValue() ? record.getValue().length : 0;
    }
    return sum;
  }

  private Comparison.Reply reply(List<KeyValue<byte[], byte[]>> records) {
    return (row, feature) ->
        cell(
            records.get(row * views.size() + feature / Population.FEATURES).getValueOrElse(null),
            feature % Population.FEATURES);
  }

  private Cell cell(byte @Nullable [] record, int feature) {
    if (record == null) {
      return Cell.without(Fact.MISSING);
    }
    ByteBuffer buffer = ByteBuffer.wrap(record);
    if (Times.isExpired(buffer.getLong(EVENT_TIME) ^ Long.MIN_VALUE, refresh)) {
      return Cell.without(Fact.EXPIRED);
    }
    boolean hasNulls = (buffer.get(0) & HAS_NULLS) != 0;
    if (hasNulls && (buffer.get(COLUMNS + feature / 8) >> (feature % 8) & 1) == 1) {
      return Cell.without(Fact.NULL);
    }
    int slots = COLUMNS + (hasNulls ? BITMAP : 0);
    return Cell.present(buffer.getDouble(slots + feature * Double.BYTES));
  }

  @Override
  public OptionalLong server() {
    return OptionalLong.empty();
  }

  @Override
  public long allocatedBytes() {
    return Allocation.bytesOfThis();
  }

  @Override
  public void close() {
    connection.close();
    client.shutdown();
  }
}
