package dev.plumbline.bench.offline;

import java.nio.file.Path;

/** One way in which an engine can join; the fastest stands for the engine. */
interface Way {
  String name();

  /** Brings the features into the layout that the join reads; outside the ratio. */
  void layOut();

  /**
   * Joins, and writes every label and every feature as Parquet; all of it is timed.
   *
   * @param output a file or folder that does not exist
   */
  void join(Path output);

  /** Whether the join is so long that a sample has to tell which way is the fastest. */
  default boolean needsSample() {
    return false;
  }

  /** Joins the labels and rows of one key in ten; only where {@link #needsSample}. */
  default void joinSample(Path output) {
    throw new UnsupportedOperationException(name() + " has no sample; ask needsSample first");
  }
}
