package dev.plumbline.store;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The servers that hold a store: one Redis, or the masters of a cluster. Every call ends within the
 * timeout, and every failure is a {@link StoreUnavailableException}. Thread-safe.
 */
interface RedisServers extends AutoCloseable {
  RedisAddress address();

  CompletionStage<ReadBatch> read(ReadBatch batch);

  /**
   * Sends these, with one flush for each server.
   *
   * @param calls each with one key, or with keys of one slot
   * @param result is asked for when each call has succeeded or failed
   * @return {@code result}; it fails with {@link StoreUnavailableException} itself, not wrapped
   */
  <T> CompletionStage<T> send(List<? extends RedisCall<?>> calls, Supplier<T> result);

  /** Those that have keys, in an order that stays while they do. */
  List<RedisNode> nodes();

  /** Makes {@link #nodes} look anew: one of them was not what it was thought to be. */
  void distrust();

  /** How many keys, whatever they are, may be in one call. */
  int keysPerCall();

  /** How their answers are waited for. */
  Outcomes outcomes();

  @Override
  void close();
}
