package dev.plumbline.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A Lua script that Redis runs atomically.
 *
 * @param digest by which Redis knows the script once it was loaded
 */
record RedisScript(String source, String digest) {
  private static final int KEYS_PER_PIPELINE = 500;

  /** Enough that Redis is busy while the next are encoded, and that no queue grows. */
  private static final int PIPELINES_AT_ONCE = 4;

  static final RedisScript WRITE = resource("write.lua");
  static final RedisScript ADVANCE = resource("advance.lua");

  /** A run of this script. */
  RedisCall<Long> on(List<byte[]> keys, List<byte[]> arguments) {
    return RedisCall.script(digest, keys, arguments);
  }

  /**
   * Sends runs of this script in pipelines, several of them on their way at once.
   *
   * @return the sum of the answers
   */
  long run(RedisServers servers, Iterator<RedisCall<Long>> runs) {
    Deque<Pipeline> underway = new ArrayDeque<>(PIPELINES_AT_ONCE);
    long sum = 0;
    while (runs.hasNext()) {
      if (underway.size() == PIPELINES_AT_ONCE) {
        sum += sum(servers, underway.remove());
      }
      underway.add(Pipeline.sent(servers, chunk(runs, KEYS_PER_PIPELINE / servers.keysPerCall())));
    }
    for (Pipeline pipeline : underway) {
      sum += sum(servers, pipeline);
    }
    return sum;
  }

  private static List<RedisCall<Long>> chunk(Iterator<RedisCall<Long>> runs, int most) {
    List<RedisCall<Long>> chunk = new ArrayList<>(most);
    while (chunk.size() < most && runs.hasNext()) {
      chunk.add(runs.next());
    }
    return chunk;
  }

  /** Waits for the answers, and sends once more the runs of a script that a Redis did not know. */
  private long sum(RedisServers servers, Pipeline pipeline) {
    List<RedisCall<Long>> refused = new ArrayList<>();
    long sum = 0;
    servers.outcomes().await(pipeline.settled());
    for (RedisCall<Long> run : pipeline.runs()) {
      if (run.failedWith("NOSCRIPT")) {
        refused.add(run.again());
      } else {
        sum += servers.outcomes().answer(run);
      }
    }
    if (refused.isEmpty()) {
      return sum;
    }
    servers.nodes().forEach(node -> node.connection().call(redis -> redis.scriptLoad(source)));
    servers.outcomes().await(servers.send(refused, () -> refused));
    return sum + refused.stream().mapToLong(servers.outcomes()::answer).sum();
  }

  /** Runs that were sent together; when each has its answer, {@code settled}. */
  private record Pipeline(List<RedisCall<Long>> runs, CompletionStage<?> settled) {
    static Pipeline sent(RedisServers servers, List<RedisCall<Long>> runs) {
      return new Pipeline(runs, servers.send(runs, () -> runs));
    }
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
