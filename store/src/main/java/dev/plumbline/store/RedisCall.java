package dev.plumbline.store;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandKeyword;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One command of a pipeline and, later, its answer. */
final class RedisCall<T> extends AsyncCommand<byte[], byte[], T> {
  private static final ByteArrayCodec CODEC = ByteArrayCodec.INSTANCE;

  private RedisCall(
      CommandType type,
      CommandOutput<byte[], byte[], T> output,
      CommandArgs<byte[], byte[]> arguments) {
    super(new Command<>(type, output, arguments));
  }

  /** One value, null where there is none. */
  static RedisCall<List<byte @Nullable []>> get(byte[] key) {
    return new RedisCall<>(CommandType.MGET, new ValueListOutput<>(CODEC), arguments().addKey(key));
  }

  /**
   * Puts a value under a key, whatever is held there.
   *
   * @param life how long it is kept; absent: for ever
   */
  static RedisCall<String> set(byte[] key, byte[] value, Optional<Duration> life) {
    CommandArgs<byte[], byte[]> arguments = arguments().addKey(key).addValue(value);
    life.ifPresent(kept -> arguments.add(CommandKeyword.PX).add(kept.toMillis()));
    return new RedisCall<>(CommandType.SET, new StatusOutput<>(CODEC), arguments);
  }

  /** Runs a script of this digest. */
  static RedisCall<Long> script(String digest, List<byte[]> keys, List<byte[]> arguments) {
    return script(arguments().add(digest).add(keys.size()).addKeys(keys).addValues(arguments));
  }

  /** The same run of a script, not yet sent. */
  static RedisCall<Long> again(RedisCall<Long> run) {
    return script(run.getArgs());
  }

  private static RedisCall<Long> script(CommandArgs<byte[], byte[]> arguments) {
    return new RedisCall<>(CommandType.EVALSHA, new IntegerOutput<>(CODEC), arguments);
  }

  /** Whether Redis answered with an error that begins with {@code code}. */
  boolean failedWith(String code) {
    String error = getOutput().getError();
    return error != null && error.startsWith(code);
  }

  private static CommandArgs<byte[], byte[]> arguments() {
    return new CommandArgs<>(CODEC);
  }
}
