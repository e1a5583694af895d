package dev.plumbline.bench.measure;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What one engine came to on one case.
 *
 * @param events of the source
 * @param cpuSeconds processor time of the process meanwhile
 * @param rows that it wrote
 * @param bytes of the files that hold them, where that is known
 * @param checksum of the rows, whatever their order
 * @param contest how it stands to the other engines, where they took turns
 */
public record CaseResult(
    String name,
    String engine,
    long events,
    Spread seconds,
    Spread cpuSeconds,
    int rounds,
    long rows,
    OptionalLong bytes,
    String checksum,
    Optional<Contest> contest) {
  /** A result that stands for itself. */
  public CaseResult(
      String name,
      String engine,
      long events,
      Spread seconds,
      Spread cpuSeconds,
      int rounds,
      long rows,
      OptionalLong bytes,
      String checksum) {
    this(
        name, engine, events, seconds, cpuSeconds, rounds, rows, bytes, checksum, Optional.empty());
  }

  /**
   * How an engine stands to Plumbline.
   *
   * @param ratioToPlumbline seconds of the engine over those of Plumbline in the same round, the
   *     median over rounds; absent where there is nothing to compare
   * @param layout of what it reads
   * @param layoutSeconds how long that took, outside {@code seconds}
   * @param repeated whether it is the second measurement, because of an unsteady first
   * @param unsteady whether (max - min) / median of the seconds is more than 0.3
   */
  public record Contest(
      OptionalDouble ratioToPlumbline,
      String layout,
      double layoutSeconds,
      boolean repeated,
      boolean unsteady) {}
}
