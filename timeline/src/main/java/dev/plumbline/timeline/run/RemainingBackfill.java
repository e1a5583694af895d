package dev.plumbline.timeline.run;

import dev.plumbline.timeline.Grid;
import dev.plumbline.timeline.Refreshes;
import java.util.ArrayList;
import java.util.List;

/**
 * What is still to be computed of a backfill.
 *
 * @param asked all refreshes that were asked for
 * @param from the first that is still to be computed
 * @param together the refreshes from {@code from} to this one belong into one run, since earlier
 *     runs cover them: a chunk of them would leave the others with older values
 */
public record RemainingBackfill(Refreshes asked, long from, long together) {
  public RemainingBackfill {
    if (from < asked.first() || together < from || together > asked.last()) {
      throw new IllegalArgumentException(
          "%s from %d, together to %d (expected: first <= from <= together <= last)"
              .formatted(asked, from, together));
    }
  }

  /** Whether this continues a backfill that was stopped. */
  public boolean isContinued() {
    return from > asked.first();
  }

  /** The runs to make, in order; each begins with the refresh after the one before. */
  public List<Refreshes> chunks(Grid grid, ChunkSize size) {
    List<Refreshes> chunks = new ArrayList<>();
    for (long first = from; first <= asked.last(); first = grid.after(last(chunks))) {
      long end = Math.max(together, size.end(first, asked.last()));
      chunks.add(new Refreshes(first, Math.min(end, asked.last())));
    }
    return chunks;
  }

  private static long last(List<Refreshes> chunks) {
    return chunks.get(chunks.size() - 1).last();
  }
}
