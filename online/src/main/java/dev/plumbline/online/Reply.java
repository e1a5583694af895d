package dev.plumbline.online;

import dev.plumbline.wire.BackwardsWriter;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A reply that is bytes already. It lies in memory of its call, which is free for the next one as
 * soon as the reply has been handed over: gRPC copies it then.
 */
record Reply(byte[] bytes, int from, int length) {
  static Reply in(BackwardsWriter written) {
    return new Reply(written.array(), written.array().length - written.size(), written.size());
  }

  /** Hands replies to gRPC as they are; nothing reads them here. */
  static final class Marshaller implements MethodDescriptor.Marshaller<Reply> {
    @Override
    public InputStream stream(Reply reply) {
      return new Content(reply);
    }

    @Override
    public Reply parse(InputStream stream) {
      throw new UnsupportedOperationException("a server reads no replies");
    }
  }

  /** Of known length, so that gRPC takes one buffer for it, and fills that at once. */
  private static final class Content extends InputStream implements KnownLength, Drainable {
    private final Reply reply;
    private int read;

    Content(Reply reply) {
      this.reply = reply;
    }

    @Override
    public int available() {
      return reply.length - read;
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
      int rest = available();
      target.write(reply.bytes, reply.from + read, rest);
      read = reply.length;
      return rest;
    }

    @Override
    public int read() {
      return available() == 0 ? -1 : reply.bytes[reply.from + read++] & 0xff;
    }

    @Override
    public int read(byte[] into, int at, int most) {
      if (available() == 0) {
        return most == 0 ? 0 : -1;
      }
      int count = Math.min(most, available());
      System.arraycopy(reply.bytes, reply.from + read, into, at, count);
      read += count;
      return count;
    }
  }
}
