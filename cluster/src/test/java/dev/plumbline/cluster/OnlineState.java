package dev.plumbline.cluster;

import dev.plumbline.store.RedisAddress;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Every key that a Redis holds, and what it holds there, as Redis itself would write it down. */
record OnlineState(Map<String, String> values) {
  static OnlineState of(RedisAddress address) {
    try (RedisClient client = RedisClient.create(address.toString());
        StatefulRedisConnection<byte[], byte[]> connection =
            client.connect(ByteArrayCodec.INSTANCE)) {
      Map<String, String> values = new TreeMap<>();
      for (byte[] key : connection.sync().keys("*")) {
        values.put(hex(key), hex(connection.sync().dump(key)));
      }
      return new OnlineState(values);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
