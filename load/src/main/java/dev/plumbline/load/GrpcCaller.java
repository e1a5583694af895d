package dev.plumbline.load;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Calls one unary method over one channel. */
public final class GrpcCaller<Q> implements Caller {
  private static final byte[] NONE = {};

  private final Channel channel;
  private final MethodDescriptor<Q, byte[]> method;
  private final Optional<Duration> deadline;
  private final Supplier<Question<Q>> questions;

  /**
   * A caller of {@code method}.
   *
   * @param deadline of each call; absent: none
   * @param questions is asked once for each call, by the thread that begins it
   */
  public GrpcCaller(
      Channel channel,
      MethodDescriptor<Q, ?> method,
      Optional<Duration> deadline,
      Supplier<Question<Q>> questions) {
    this.channel = channel;
    this.method = method.toBuilder(method.getRequestMarshaller(), ReplyBytes.AS_THEY_ARE).build();
    this.deadline = deadline;
    this.questions = questions;
  }

  @Override
  public void begin(Outcome outcome) {
    Question<Q> question = questions.get();
    ClientCall<Q, byte[]> call = channel.newCall(method, options());
    call.start(new ReplyListener<>(question, outcome), new Metadata());
    call.request(2); // one more than there is, or the end would wait to be asked for
    call.sendMessage(question.request());
    call.halfClose();
  }

  private CallOptions options() {
    return deadline
        .map(time -> CallOptions.DEFAULT.withDeadlineAfter(time.toNanos(), TimeUnit.NANOSECONDS))
        .orElse(CallOptions.DEFAULT);
  }

  private static final class ReplyListener<Q> extends ClientCall.Listener<byte[]> {
    private final Question<Q> question;
    private final Outcome outcome;
    private byte[] reply = NONE;

    ReplyListener(Question<Q> question, Outcome outcome) {
      this.question = question;
      this.outcome = outcome;
    }

    @Override
    public void onMessage(byte[] message) {
      reply = message;
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      if (status.isOk()) {
        question.onReply().accept(reply);
        outcome.replied(reply.length);
      } else {
        outcome.failed(status.getCode().name());
      }
    }
  }
}
