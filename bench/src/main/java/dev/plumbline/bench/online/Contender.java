package dev.plumbline.bench.online;

import dev.plumbline.load.Caller;
import java.util.List;
import java.util.OptionalLong;

/** A way to get the features of entities, ready to be asked for one shape. */
interface Contender extends AutoCloseable {
  /** Connections to a server. */
  int CONNECTIONS = 4;

  /** Calls that are on their way over each, in the closed loop. */
  int OUTSTANDING = 16;

  /** As it is written in results. */
  String name();

  /**
   * Callers that ask for different entities each.
   *
   * @param count a multiple of {@link #CONNECTIONS}
   * @param seed another one gives other entities
   */
  List<Caller> callers(int count, long seed);

  /** The process that answers, where it is not this one. */
  OptionalLong server();

  /** Bytes that the process that answers has allocated so far. */
  long allocatedBytes();

  @Override
  void close();
}
