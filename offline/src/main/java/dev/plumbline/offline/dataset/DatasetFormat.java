package dev.plumbline.offline.dataset;

import java.util.Map;

/** How datasets are written to Parquet. */
public final class DatasetFormat {
  /** Options of Spark's writer. As in our tables, a dictionary is no larger than a core's cache. */
  public static final Map<String, String> OPTIONS =
      Map.of("compression", "zstd", "parquet.dictionary.page.size", String.valueOf(64 * 1024));

  private DatasetFormat() {}
}
