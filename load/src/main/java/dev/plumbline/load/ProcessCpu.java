package dev.plumbline.load;

import java.time.Duration;

/** Processor time of processes of this machine. */
public final class ProcessCpu {
  private ProcessCpu() {}

  /** Whether the machine tells how much a process has used: it runs, and is ours. */
  public static boolean isKnown(long pid) {
    return ProcessHandle.of(pid).flatMap(process -> process.info().totalCpuDuration()).isPresent();
  }

  /**
   * What a process has used so far, in user and kernel.
   *
   * @throws IllegalArgumentException if that is not known
   */
  public static Duration of(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "process %d (expected: one that runs on this machine, under this user)"
                        .formatted(pid)));
  }

  /** What this process has used so far. */
  public static Duration ofThis() {
    return of(ProcessHandle.current().pid());
  }
}
