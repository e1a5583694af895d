package dev.plumbline.online;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/**
 * One call in progress: it ends with one answer or one failure, whatever its work throws.
 *
 * @param deadline until when its caller waits; null: for ever
 */
record Call<T>(RequestId id, StreamObserver<T> observer, @Nullable Deadline deadline) {
  /** Work on a call, in whatever thread. */
  @FunctionalInterface
  interface Work {
    void run() throws Throwable;
  }

  /** A call that begins in this thread, under the id that its caller chose or one of ours. */
  static <T> Call<T> begin(String requestId, StreamObserver<T> observer) {
    return new Call<>(RequestId.of(requestId), observer, Context.current().getDeadline());
  }

  /**
   * Runs a part of the call, unless nobody waits for it any more; if that throws, the call has
   * failed.
   *
   * @return whether the call goes on
   */
  boolean attempt(Work work) {
    if (isOver()) {
      return false;
    }
    try {
      work.run();
      return true;
    } catch (Throwable e) {
      fail(e);
      return false;
    }
  }

  void fail(Throwable failure) {
    observer.onError(FailureMapping.toStatus(failure, id));
  }

  void answer(T response) {
    observer.onNext(response);
    observer.onCompleted();
  }

  /** Whether gRPC has ended the call, or will in a moment: its deadline is kept there. */
  private boolean isOver() {
    return (deadline != null && deadline.isExpired())
        || (observer instanceof ServerCallStreamObserver<T> server && server.isCancelled());
  }
}
