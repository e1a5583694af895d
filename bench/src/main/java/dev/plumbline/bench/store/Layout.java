package dev.plumbline.bench.store;

import dev.plumbline.timeline.RowTime;
import java.util.List;

/** A way in which features of entities lie in Redis. */
interface Layout {
  /** Of all values in every layout: a whole hour, as a windowed view has it. */
  RowTime TIME = new RowTime(991_396_800_000_000L, 991_397_400_000_000L, 991_397_412_345_678L);

  String name();

  /** Writes all views of these entities. */
  void write(EntityShape shape, List<Long> entities);
}
