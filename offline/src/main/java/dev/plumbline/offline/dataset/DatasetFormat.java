package dev.plumbline.offline.dataset;

import java.util.Map;

/** How datasets are written to Parquet. */
public final class DatasetFormat {
  /**
   * Options of Spark's writer. As in our tables, a dictionary is no larger than a core's cache. A
   * dataset is there whole or not at all, so no file says that it is whole.
   */
  public static final Map<String, String> OPTIONS =
      Map.of(
          "compression", "zstd",
          "parquet.dictionary.page.size", String.valueOf(64 * 1024),
          "mapreduce.fileoutputcommitter.marksuccessfuljobs", "false");

  private DatasetFormat() {}
}
