package dev.plumbline.bench.online;

/**
 * One system under load for some seconds.
 *
 * @param callsPerSecond that were answered
 * @param allocatedBytes a call, by the process that answers
 * @param payloadBytes of a reply
 */
record Round(
    double callsPerSecond, double allocatedBytes, double payloadBytes, CpuMicros cpuMicros) {
  /**
   * Processor time of a call, in microseconds.
   *
   * @param server 0 where the client asks Redis itself
   */
  record CpuMicros(double client, double server, double redis) {}
}
