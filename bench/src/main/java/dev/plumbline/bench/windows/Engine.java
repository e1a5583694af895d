package dev.plumbline.bench.windows;

import dev.plumbline.bench.project.BenchProject;
import java.nio.file.Path;
import java.util.List;

/** A way to compute the change log of the view. */
interface Engine {
  String name();

  /**
   * Computes the change log and writes it; all of it is timed.
   *
   * @param project a fresh one, with its Spark started
   * @param events as Parquet
   * @param output a folder that does not exist, for those that need one
   */
  Written compute(BenchProject project, Path events, Path output);

  /** A change log that was written. */
  @FunctionalInterface
  interface Written {
    /** Addresses of its data files; not timed. */
    List<String> files();
  }
}
