package dev.plumbline.timeline.run;

import dev.plumbline.timeline.Refreshes;
import dev.plumbline.timeline.Run;

/** What a scheduled run of a view has to do now. */
public sealed interface NextRun {
  /** Nothing: the newest refresh that is due is not after the last one. */
  record NothingDue(long newestDue, long lastRefresh) implements NextRun {}

  /** The last run is a chunk of a backfill that was stopped: finish it, then ask again. */
  record FinishBackfill(Refreshes asked) implements NextRun {}

  /** The last run's rows are committed but not published: publish them, then ask again. */
  record PublishFirst(Run unpublished) implements NextRun {}

  /** One live refresh. */
  record Refresh(PlannedRun.Live run) implements NextRun {}
}
