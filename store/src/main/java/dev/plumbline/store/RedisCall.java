package dev.plumbline.store;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.List;
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

  /** The values under {@code keys}, in that order, null where there is none. */
  static RedisCall<List<byte @Nullable []>> mget(List<byte[]> keys) {
    return new RedisCall<>(
        CommandType.MGET, new ValueListOutput<>(CODEC), arguments().addKeys(keys));
  }

  /** Runs a script of this digest on one key. */
  static RedisCall<Long> script(String digest, byte[] key, byte[] first, byte[] second) {
    return script(arguments().add(digest).add(1).addKey(key).addValue(first).addValue(second));
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
