package dev.plumbline.timeline;

/**
 * The three times of a feature row, in microseconds since 1970 (UTC), and the order of rows of one
 * entity: the newest row is the greatest.
 *
 * @param eventTime the moment that the values describe
 * @param availableAt when the row was planned to be served
 * @param createdAt the stamp of the run that wrote it
 */
public record RowTime(long eventTime, long availableAt, long createdAt)
    implements Comparable<RowTime> {
  @Override
  public int compareTo(RowTime other) {
    return compare(
        eventTime, availableAt, createdAt, other.eventTime, other.availableAt, other.createdAt);
  }

  /** {@link #compareTo} for times that are not held in objects. */
  public static int compare(
      long eventTime,
      long availableAt,
      long createdAt,
      long otherEventTime,
      long otherAvailableAt,
      long otherCreatedAt) {
    int byEvent = Long.compare(eventTime, otherEventTime);
    if (byEvent != 0) {
      return byEvent;
    }
    int byAvailable = Long.compare(availableAt, otherAvailableAt);
    return byAvailable != 0 ? byAvailable : Long.compare(createdAt, otherCreatedAt);
  }
}
