package dev.plumbline.online;

import dev.plumbline.online.EntityAnswer.Judge;
import dev.plumbline.online.PreparedPlan.Target;
import dev.plumbline.store.Reading;
import dev.plumbline.store.Reading.Found;
import dev.plumbline.timeline.Marker;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of every entity that a query asked for, at one instant.
 *
 * @param instant that the answers are true of, in microseconds
 * @param markers one per view of the plan
 * @param answers one per view and entity looked up
 */
record QueryAnswer(
    FeatureQuery query,
    LookupBatch batch,
    long instant,
    List<Marker> markers,
    List<List<EntityAnswer>> answers) {
  /**
   * The answer that the readings of a batch give to a query.
   *
   * @param clock in microseconds; the instant is later where a publication read is
   * @param readings one per lookup of the batch
   * @throws CallException.NotReady if a view was never published
   */
  static QueryAnswer of(FeatureQuery query, LookupBatch batch, List<Reading> readings, long clock) {
    List<Target> views = query.prepared().views();
    List<Marker> markers = new ArrayList<>(views.size());
    long instant = clock;
    for (int i = 0; i < views.size(); i++) {
      Marker marker = marker(views.get(i), readings.get(i));
      markers.add(marker);
      instant = Math.max(instant, marker.publishedAt());
    }
    List<List<EntityAnswer>> answers = new ArrayList<>(views.size());
    for (int i = 0; i < views.size(); i++) {
      Judge judge =
          new Judge(views.get(i).rule(), markers.get(i), instant, query.requestedMaxAge());
      answers.add(judge(readings.get(i).records(), judge));
    }
    return new QueryAnswer(query, batch, instant, markers, answers);
  }

  private static Marker marker(Target view, Reading reading) {
    return reading
        .marker()
        .orElseThrow(
            () ->
                new CallException.NotReady(
                    "view %s is not loaded into the online store; run `plumb materialize %s`"
                        .formatted(view.name(), view.name())));
  }

  private static List<EntityAnswer> judge(List<Found> records, Judge judge) {
    List<EntityAnswer> answers = new ArrayList<>(records.size());
    for (Found found : records) {
      answers.add(judge.of(found));
    }
    return answers;
  }

  /** The answer for a row in a read of the plan. */
  EntityAnswer at(int read, int row) {
    int position = batch.positions().get(read)[row];
    return position == LookupBatch.NO_KEY
        ? EntityAnswer.MISSING
        : answers.get(viewOf(read)).get(position);
  }

  Marker marker(int read) {
    return markers.get(viewOf(read));
  }

  private int viewOf(int read) {
    return query.prepared().viewOfRead().get(read);
  }
}
