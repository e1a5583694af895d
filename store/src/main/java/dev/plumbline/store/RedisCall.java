package dev.plumbline.store;

import io.lettuce.core.cluster.SlotHash;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One command of a pipeline and, later, its answer. */
final class RedisCall<T> extends AsyncCommand<byte[], byte[], T> {
  private static final ByteArrayCodec CODEC = ByteArrayCodec.INSTANCE;

  private final CommandType type;
  private final Supplier<CommandOutput<byte[], byte[], T>> outputs;

  private RedisCall(
      CommandType type,
      Supplier<CommandOutput<byte[], byte[], T>> outputs,
      CommandArgs<byte[], byte[]> arguments) {
    super(new Command<>(type, outputs.get(), arguments));
    this.type = type;
    this.outputs = outputs;
  }

  /** One value, null where there is none. */
  static RedisCall<List<byte @Nullable []>> get(byte[] key) {
    return new RedisCall<>(
        CommandType.MGET, () -> new ValueListOutput<>(CODEC), arguments().addKey(key));
  }

  /**
   * Puts a value under a key, whatever is held there.
   *
   * @param life how long it is kept; absent: for ever
   */
  static RedisCall<String> set(byte[] key, byte[] value, Optional<Duration> life) {
    CommandArgs<byte[], byte[]> arguments = arguments().addKey(key).addValue(value);
    life.ifPresent(kept -> arguments.add(CommandKeyword.PX).add(kept.toMillis()));
    return new RedisCall<>(CommandType.SET, () -> new StatusOutput<>(CODEC), arguments);
  }

  /** How many bytes the value under a key has; 0 where there is none. */
  static RedisCall<Long> length(byte[] key) {
    return new RedisCall<>(
        CommandType.STRLEN, () -> new IntegerOutput<>(CODEC), arguments().addKey(key));
  }

  /** Forgets what is held under a key; answers how much that was, 0 or 1. */
  static RedisCall<Long> unlink(byte[] key) {
    return new RedisCall<>(
        CommandType.UNLINK, () -> new IntegerOutput<>(CODEC), arguments().addKey(key));
  }

  /** Runs a script of this digest. */
  static RedisCall<Long> script(String digest, List<byte[]> keys, List<byte[]> arguments) {
    return new RedisCall<>(
        CommandType.EVALSHA,
        () -> new IntegerOutput<>(CODEC),
        arguments().add(digest).add(keys.size()).addKeys(keys).addValues(arguments));
  }

  /** The same, not yet sent. */
  RedisCall<T> again() {
    return new RedisCall<>(type, outputs, getArgs());
  }

  /** The slot of its keys in a cluster. */
  int slot() {
    return SlotHash.getSlot(getArgs().getFirstEncodedKey());
  }

  /** Whether it has failed with an error of Redis that begins with {@code code}. */
  boolean failedWith(String code) {
    return isCompletedExceptionally()
        && handle((answer, failure) -> String.valueOf(failure.getMessage()))
            .join()
            .startsWith(code);
  }

  private static CommandArgs<byte[], byte[]> arguments() {
    return new CommandArgs<>(CODEC);
  }
}
