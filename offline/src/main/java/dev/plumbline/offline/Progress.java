package dev.plumbline.offline;

/** Is told what long work is at, for people who wait. */
@FunctionalInterface
public interface Progress {
  /** Tells nobody. */
  Progress SILENT = step -> {};

  /** The work is at this step; a short phrase such as {@code computing airport_departures@1}. */
  void at(String step);

  /** So many parts of the work on the present view are done, of so many that are alike. */
  default void parts(int done, int of) {}

  /** Something that people must know even if they do not watch; one sentence. */
  default void note(String text) {}
}
