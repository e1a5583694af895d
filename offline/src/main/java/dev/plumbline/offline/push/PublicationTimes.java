package dev.plumbline.offline.push;

import dev.plumbline.timeline.Ledger;
import dev.plumbline.timeline.Run;
import dev.plumbline.type.Micros;
import java.io.Serializable;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** When rows came to the online store first. */
final class PublicationTimes implements Serializable {
  private static final long serialVersionUID = 1;

  private final long[] stamps;
  private final long[] instants;

  PublicationTimes(Ledger ledger) {
    List<Run> published =
        ledger.runs().stream().filter(run -> run.publishedAt().isPresent()).toList();
    stamps = published.stream().mapToLong(Run::stamp).toArray();
    instants = published.stream().mapToLong(run -> run.publishedAt().orElseThrow()).toArray();
  }

  /**
   * When the rows of the run of this stamp were published: with the run itself, or in a backfill
   * with the first run after it that was. Empty: not yet.
   */
  Optional<Instant> of(long stamp) {
    int at = Arrays.binarySearch(stamps, stamp);
    int first = at >= 0 ? at : -at - 1;
    return first == stamps.length ? Optional.empty() : Optional.of(Micros.instant(instants[first]));
  }
}
