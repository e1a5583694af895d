package dev.plumbline.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A Lua script that Redis runs atomically.
 *
 * @param digest by which Redis knows the script once it was loaded
 */
record RedisScript(String source, String digest) {
  static final RedisScript WRITE = resource("write.lua");
  static final RedisScript ADVANCE = resource("advance.lua");

  /** A run of this script on one key. */
  RedisCall<Long> on(byte[] key, byte[] first, byte[] second) {
    return RedisCall.script(digest, key, first, second);
  }

  /**
   * Sends runs of this script in one pipeline, and once more those that this Redis did not know.
   *
   * @return the sum of the answers
   */
  int run(RedisConnection connection, List<RedisCall<Long>> runs) {
    List<RedisCall<Long>> refused = new ArrayList<>();
    int sum = 0;
    connection.await(connection.send(runs, () -> runs));
    for (RedisCall<Long> run : runs) {
      if (run.failedWith("NOSCRIPT")) {
        refused.add(RedisCall.again(run));
      } else {
        sum += Math.toIntExact(connection.answer(run));
      }
    }
    if (refused.isEmpty()) {
      return sum;
    }
    connection.call(redis -> redis.scriptLoad(source));
    connection.await(connection.send(refused, () -> refused));
    return sum + refused.stream().mapToInt(run -> connection.answer(run).intValue()).sum();
  }

  private static RedisScript resource(String name) {
    try (InputStream in = RedisScript.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      byte[] source = in.readAllBytes();
      byte[] digest = MessageDigest.getInstance("SHA-1").digest(source);
      return new RedisScript(
          new String(source, StandardCharsets.UTF_8), HexFormat.of().formatHex(digest));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
