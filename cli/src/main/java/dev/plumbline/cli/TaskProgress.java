package dev.plumbline.cli;

import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.StageInfo;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** Shows on a terminal how many tasks of a Spark job are done; jobs that end soon are not shown. */
final class TaskProgress extends SparkListener {
  private static final Duration WORTH_SHOWING = Duration.ofSeconds(2);

  private long started;
  private long tasks;
  private long done;
  private int jobs;
  private @Nullable ProgressBar bar;

  @Override
  public void onJobStart(SparkListenerJobStart job) {
    if (jobs++ == 0) {
      started = System.nanoTime();
      tasks = 0;
      done = 0;
    }
    for (StageInfo stage : CollectionConverters.asJava(job.stageInfos())) {
      tasks += stage.numTasks();
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd task) {
    done++;
    if (bar == null && System.nanoTime() - started > WORTH_SHOWING.toNanos()) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("  tasks")
              .setStyle(ProgressBarStyle.ASCII)
              .setInitialMax(tasks)
              .clearDisplayOnFinish()
              .build();
    }
    if (bar != null) {
      bar.maxHint(tasks).stepTo(done);
    }
  }

  @Override
  public void onJobEnd(SparkListenerJobEnd job) {
    if (--jobs == 0 && bar != null) {
      bar.close();
      bar = null;
    }
  }
}
