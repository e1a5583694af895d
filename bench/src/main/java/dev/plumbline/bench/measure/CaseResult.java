package dev.plumbline.bench.measure;

import java.util.OptionalLong;

/**
 * What one engine came to on one case.
 *
 * @param events of the source
 * @param cpuSeconds processor time of the process meanwhile
 * @param rows that it wrote
 * @param bytes of the files that hold them, where that is known
 * @param checksum of the rows, whatever their order
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
    String checksum) {}
