package dev.plumbline.offline.dataset;

import dev.plumbline.offline.dataset.DatasetBuild.BeforeCoverage;

/** How a dataset is built, beside what its definition says. */
public record DatasetOptions(
    BeforeCoverage beforeCoverage, StatusColumns statusColumns, LogPosition position) {
  /** All labels lie within the features' time, statuses are kept, the log is read to its end. */
  public static final DatasetOptions DEFAULT =
      new DatasetOptions(BeforeCoverage.REFUSED, StatusColumns.KEPT, new LogPosition.Newest());

  /** Whether the dataset has columns that say why a value is absent. */
  public enum StatusColumns {
    KEPT,
    DECLINED
  }

  public DatasetOptions with(BeforeCoverage other) {
    return new DatasetOptions(other, statusColumns, position);
  }

  public DatasetOptions with(StatusColumns other) {
    return new DatasetOptions(beforeCoverage, other, position);
  }

  public DatasetOptions with(LogPosition other) {
    return new DatasetOptions(beforeCoverage, statusColumns, other);
  }
}
