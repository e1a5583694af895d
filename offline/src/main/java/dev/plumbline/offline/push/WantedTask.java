package dev.plumbline.offline.push;

import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;

/**
 * Whether somebody still waits for what this task writes. Spark lets a task run on whose job has
 * ended, or of which another attempt was first: it must not write over what comes after.
 */
final class WantedTask {
  private WantedTask() {}

  /**
   * Does nothing while the task is wanted.
   *
   * @throws TaskKilledException if it is not
   */
  static void check(TaskContext task) {
    if (task.isInterrupted()) {
      throw new TaskKilledException("the push has ended without this task");
    }
  }
}
