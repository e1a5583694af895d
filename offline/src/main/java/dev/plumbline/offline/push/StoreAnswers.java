package dev.plumbline.offline.push;

import dev.plumbline.store.StoreUnavailableException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Waits for what a store answers. */
final class StoreAnswers {
  private StoreAnswers() {}

  /**
   * The answer.
   *
   * @throws StoreUnavailableException if there is none
   */
  static <T> T of(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StoreUnavailableException unavailable ? unavailable : e;
    }
  }
}
