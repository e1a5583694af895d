package dev.plumbline.offline.source;

import dev.plumbline.expression.RawColumns;
import java.util.Optional;

/** What a look at a source came to, without reading its rows. */
public sealed interface SeenColumns {
  /**
   * Its raw columns, before any query in Spark SQL.
   *
   * @param part what was looked at, where that was not everything: then the data may have columns
   *     that were not seen
   */
  record Seen(RawColumns columns, Optional<String> part) implements SeenColumns {}

  /**
   * Nothing.
   *
   * @param why for people: nothing is there, nobody lets us in, nothing was recorded
   */
  record Unseen(String why) implements SeenColumns {}
}
