package dev.plumbline.offline;

/** Is told what long work is at, for people who wait. */
@FunctionalInterface
public interface Progress {
  /** Tells nobody. */
  Progress SILENT = step -> {};

  /** The work is at this step; a short phrase such as {@code computing airport_departures@1}. */
  void at(String step);
}
