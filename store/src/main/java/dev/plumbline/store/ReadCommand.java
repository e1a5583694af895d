package dev.plumbline.store;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.lettuce.core.protocol.RedisCommand;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * An {@code MGET} for some items of a read. Keys go from the batch into the buffer of the socket,
 * and values from there into the batch, with no object for each.
 */
final class ReadCommand implements RedisCommand<byte[], byte[], Void> {
  /** More in one command would hold up Redis's other clients. */
  static final int MOST_KEYS = 200;

  private static final byte[] NAME = "$4\r\nMGET\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final CommandArgs<byte[], byte[]> NONE =
      new CommandArgs<>(ByteArrayCodec.INSTANCE);

  /** The read whose items are asked for; it is told once of each command how that ended. */
  interface Items {
    /** Where the key of an item lies. */
    ByteRuns keys(int item);

    /** Which of the {@link #keys} it is. */
    int key(int item);

    /** Takes what Redis holds under the key of the next item. */
    void found(@Nullable ByteBuffer value);

    /** One of the commands was answered. */
    void answered();

    /** One of the commands will not be answered as it should. */
    void fail(Throwable failure);
  }

  private final Items read;
  private final int from;
  private final int to;
  private CommandOutput<byte[], byte[], Void> output;
  private final AtomicBoolean done = new AtomicBoolean();

  /** Asks for the items from {@code from} to before {@code to}. */
  ReadCommand(Items read, int from, int to) {
    this.read = read;
    this.from = from;
    this.to = to;
    this.output = new Values(read);
  }

  /** How many are asked for. */
  int items() {
    return to - from;
  }

  /** Hands every value on. */
  private static final class Values extends CommandOutput<byte[], byte[], Void> {
    private final Items read;

    @SuppressWarnings("NullAway") // there is no value but those that were handed on
    Values(Items read) {
      super(ByteArrayCodec.INSTANCE, null);
      this.read = read;
    }

    @Override
    public void set(@Nullable ByteBuffer value) {
      read.found(value);
    }

    @Override
    public void multi(int count) {}
  }

  @Override
  public void encode(ByteBuf out) {
    count(out, '*', 1 + to - from);
    out.writeBytes(NAME);
    for (int item = from; item < to; item++) {
      ByteRuns keys = read.keys(item);
      int key = read.key(item);
      count(out, '$', keys.length(key));
      out.writeBytes(keys.array(), keys.from(key), keys.length(key));
      endLine(out);
    }
  }

  private static void count(ByteBuf out, char kind, int count) {
    out.writeByte(kind);
    int unit = 1;
    while (count / unit >= 10) {
      unit *= 10;
    }
    for (; unit > 0; unit /= 10) {
      out.writeByte('0' + count / unit % 10);
    }
    endLine(out);
  }

  private static void endLine(ByteBuf out) {
    out.writeByte('\r').writeByte('\n');
  }

  @Override
  public void complete() {
    if (!done.compareAndSet(false, true)) {
      return; // Lettuce may have failed it before, and its read was told
    }
    if (output.hasError()) {
      read.fail(new RedisCommandExecutionException(output.getError()));
    } else {
      read.answered();
    }
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    boolean first = done.compareAndSet(false, true);
    if (first) {
      read.fail(failure);
    }
    return first;
  }

  @Override
  public void cancel() {
    completeExceptionally(new CancellationException());
  }

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public boolean isDone() {
    return done.get();
  }

  @Override
  public CommandOutput<byte[], byte[], Void> getOutput() {
    return output;
  }

  @Override
  public void setOutput(CommandOutput<byte[], byte[], Void> other) {
    output = other;
  }

  @Override
  public CommandArgs<byte[], byte[]> getArgs() {
    return NONE;
  }

  @Override
  public ProtocolKeyword getType() {
    return CommandType.MGET;
  }
}
