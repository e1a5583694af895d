package dev.plumbline.store;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Waits for what the Redis at an address answers, for as long as {@code timeout}; every failure is
 * a {@link StoreUnavailableException}.
 */
record Outcomes(RedisAddress address, Duration timeout) {
  /**
   * What comes of calls that were sent.
   *
   * @param result is asked for when each call has succeeded or failed
   */
  <T> CompletionStage<T> of(List<? extends RedisCall<?>> calls, Supplier<T> result) {
    CompletableFuture<T> outcome = new CompletableFuture<>();
    settled(calls)
        .thenApply(nothing -> result.get())
        .whenComplete(
            (value, failure) -> {
              if (failure == null) {
                outcome.complete(value);
              } else {
                calls.forEach(RedisCall::cancel);
                outcome.completeExceptionally(unavailable(failure));
              }
            });
    return outcome;
  }

  private CompletionStage<Void> settled(List<? extends RedisCall<?>> calls) {
    return CompletableFuture.allOf(
            calls.stream()
                .map(call -> call.exceptionally(failure -> null))
                .toArray(CompletableFuture<?>[]::new))
        .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** The answer to a call that has settled. */
  <T> T answer(RedisCall<T> call) {
    try {
      return call.join();
    } catch (RuntimeException e) {
      throw unavailable(e);
    }
  }

  /** The outcome of something, if it comes in time. */
  <T> T inTime(CompletionStage<T> outcome) {
    return await(outcome.toCompletableFuture().orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS));
  }

  /** The outcome of something that ends by itself. */
  <T> T await(CompletionStage<T> outcome) {
    try {
      return outcome.toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    }
  }

  StoreUnavailableException unavailable(Throwable failure) {
    Throwable cause = RedisFailure.unwrapped(failure);
    if (cause instanceof TimeoutException) {
      cause = new TimeoutException("no answer within " + timeout);
    } else if (cause instanceof CancellationException) {
      cause = new CancellationException("the connection was lost before it answered");
    }
    return RedisFailure.at(address, cause);
  }
}
