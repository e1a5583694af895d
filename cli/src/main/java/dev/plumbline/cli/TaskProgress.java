package dev.plumbline.cli;

import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.StageInfo;
import scala.jdk.javaapi.CollectionConverters;

/** Tells a display how many tasks of the jobs under way are done, and that time passes. */
final class TaskProgress extends SparkListener {
  private final WorkProgress work;
  private final ProgressDisplay display;
  private int jobs;

  TaskProgress(WorkProgress work, ProgressDisplay display) {
    this.work = work;
    this.display = display;
  }

  @Override
  public void onJobStart(SparkListenerJobStart job) {
    jobs++;
    work.begins(
        CollectionConverters.asJava(job.stageInfos()).stream()
            .mapToLong(StageInfo::numTasks)
            .sum());
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd task) {
    work.taskDone();
    display.refresh();
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate heartbeat) {
    if (jobs > 0) {
      display.refresh();
    }
  }

  @Override
  public void onJobEnd(SparkListenerJobEnd job) {
    if (--jobs == 0) {
      work.jobsDone();
    }
  }
}
