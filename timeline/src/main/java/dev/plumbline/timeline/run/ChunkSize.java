package dev.plumbline.timeline.run;

import dev.plumbline.timeline.Grid;
import dev.plumbline.type.Micros;
import java.time.Duration;

/** How much of a backfill one run computes. */
public sealed interface ChunkSize {
  /**
   * The last refresh of the chunk that begins with {@code first}; a grid point not before it.
   *
   * @param last of all that remains
   */
  long end(long first, long last);

  /** Everything at once. */
  record Whole() implements ChunkSize {
    @Override
    public long end(long first, long last) {
      return last;
    }
  }

  /** As many refreshes as this span holds, and one at least. */
  record Lasting(Grid grid, Duration span) implements ChunkSize {
    public Lasting {
      if (span.isNegative() || span.isZero()) {
        throw new IllegalArgumentException("chunk: " + span + " (expected: more than 0)");
      }
    }

    @Override
    public long end(long first, long last) {
      long further = grid.atOrBefore(Micros.of(span)) - grid.step();
      return further >= last - first ? last : first + Math.max(0, further);
    }
  }

  /**
   * About {@code rows} source rows that no chunk before has read, and no fewer than the chunk has
   * to read again: so at most half of what it reads was read before. A rest of less than half a
   * chunk is added to the last one.
   *
   * @param reach from a refresh back to the oldest source row that it needs; {@code
   *     Long.MAX_VALUE}: all of them
   */
  record Holding(Grid grid, RowsInTime source, long reach, long rows) implements ChunkSize {
    @Override
    public long end(long first, long last) {
      long known = source.before(first - grid.step());
      long again = known - (reach == Long.MAX_VALUE ? 0 : source.before(first - reach));
      long enough = known + Math.max(rows, again);
      long steps = (last - first) / grid.step();
      long low = 0;
      for (long high = steps; low < high; ) {
        long middle = (low + high) >>> 1;
        if (source.before(first + middle * grid.step()) >= enough) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      long end = first + low * grid.step();
      return source.before(last) - source.before(end) < rows / 2 ? last : end;
    }
  }
}
