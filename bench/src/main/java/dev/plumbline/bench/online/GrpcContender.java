package dev.plumbline.bench.online;

import dev.plumbline.failure.UnavailableException;
import dev.plumbline.load.Caller;
import dev.plumbline.load.Channels;
import dev.plumbline.load.GrpcCaller;
import dev.plumbline.load.Question;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/** A server process that is asked over gRPC. */
final class GrpcContender<Q> implements Contender {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final String name;
  private final ServerProcess process;
  private final Channels channels;
  private final Allocation allocation;
  private final MethodDescriptor<Q, ?> method;
  private final LongFunction<Supplier<Question<Q>>> questions;

  /**
   * A server that runs, to be closed with this.
   *
   * @param questions of a caller with that seed
   */
  GrpcContender(
      String name,
      ServerProcess process,
      MethodDescriptor<Q, ?> method,
      LongFunction<Supplier<Question<Q>>> questions) {
    this.name = name;
    this.process = process;
    this.method = method;
    this.questions = questions;
    this.channels = Channels.to(process.target(), CONNECTIONS);
    this.allocation = Allocation.of(process.pid());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Caller> callers(int count, long seed) {
    List<Channel> each = channels.each();
    List<Caller> callers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      callers.add(
          new GrpcCaller<>(
              each.get(i % each.size()),
              method,
              Optional.empty(),
              questions.apply(seed * count + i)));
    }
    return callers;
  }

  /** The bytes of one reply. */
  byte[] reply(Q request) {
    CompletableFuture<byte[]> reply = new CompletableFuture<>();
    new GrpcCaller<>(
            channels.each().get(0),
            method,
            Optional.of(PATIENCE),
            () -> new Question<>(request, reply::complete))
        .begin(
            new Caller.Outcome() {
              @Override
              public void replied(long bytes) {
                // told by the question
              }

              @Override
              public void failed(String code) {
                reply.completeExceptionally(
                    new UnavailableException(
                        "the server of '%s' answered %s (expected: a reply)"
                            .formatted(name, code)));
              }
            });
    try {
      return reply.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof UnavailableException told ? told : e;
    }
  }

  @Override
  public OptionalLong server() {
    return OptionalLong.of(process.pid());
  }

  @Override
  public long allocatedBytes() {
    return allocation.bytes();
  }

  @Override
  public void close() {
    allocation.close();
    channels.close();
    process.close();
  }
}
