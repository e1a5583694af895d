package dev.plumbline.offline.dataset;

import java.io.IOException;
import java.nio.file.Path;

/** A process that holds the lock of a dataset until its input ends. */
final class LockHolder {
  private LockHolder() {}

  /** Starts one; it holds the lock when this returns. */
  static Process start(String dataset, Path versions) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LockHolder.class.getName(),
                dataset,
                versions.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (process.getInputStream().read() != '!') {
      throw new IllegalStateException("the lock was not taken");
    }
    return process;
  }

  public static void main(String[] arguments) throws IOException {
    try (DatasetLock lock = DatasetLock.acquire(arguments[0], Path.of(arguments[1]))) {
      System.out.print('!');
      System.out.flush();
      while (System.in.read() >= 0) {
        // waits for the end of the input
      }
    }
  }
}
