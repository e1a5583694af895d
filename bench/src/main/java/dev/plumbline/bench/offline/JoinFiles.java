package dev.plumbline.bench.offline;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where labels and features lie as Parquet: {@code account, happened, available_at} and the
 * features of a view; {@code id, account, asked, outcome} of the labels.
 *
 * @param views how many
 */
record JoinFiles(Path folder, int views) {
  /** Of everything that is written, by whomever; it is what the product writes. */
  static final String COMPRESSION = "zstd";

  Path labels() {
    return folder.resolve("labels");
  }

  Path features(int view) {
    return folder.resolve("features-" + view);
  }

  /** Those of the features that live runs find new. */
  Path recent(int view) {
    return folder.resolve("recent-" + view);
  }

  /** The numbers of the views. */
  List<Integer> each() {
    return IntStream.range(0, views).boxed().toList();
  }
}
