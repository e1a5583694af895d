package dev.plumbline.bench.store;

import dev.plumbline.offline.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Measures what an entity takes in each layout, by what Redis says of every key. */
final class LayoutBench {
  static final String TEN = "10-doubles";
  static final String FIFTY = "50-doubles";
  static final String WIDE = "250-doubles";
  static final String FIVE_TENS = "5x10-doubles";

  private static final List<EntityShape> SHAPES =
      List.of(
          EntityShape.doubles(TEN, 1, 10),
          EntityShape.doubles(FIFTY, 1, 50),
          EntityShape.doubles(WIDE, 1, 250),
          EntityShape.doubles(FIVE_TENS, 5, 10),
          EntityShape.texts("strings", 10));

  /** Numbers of entities, as they come where there are a million. */
  private static final List<Long> ENTITIES =
      LongStream.range(1_000_000, 1_000_500).boxed().toList();

  private final PlainRedis redis;
  private final List<Layout> layouts;
  private final Progress progress;

  LayoutBench(PlainRedis redis, List<Layout> layouts, Progress progress) {
    this.redis = redis;
    this.layouts = List.copyOf(layouts);
    this.progress = progress;
  }

  /**
   * What the entities of one shape take in one layout.
   *
   * @param bytes for each entity, of all its keys, the mean over entities
   */
  record Size(String shape, String layout, double bytes) {}

  /** Every shape in every layout; leaves nothing behind. */
  List<Size> sizes() {
    List<Size> sizes = new ArrayList<>();
    for (EntityShape shape : SHAPES) {
      progress.at("the bytes of " + shape.name());
      for (Layout layout : layouts) {
        redis.clear();
        layout.write(shape, ENTITIES);
        double bytes = (double) redis.bytesOfAll() / ENTITIES.size();
        sizes.add(new Size(shape.name(), layout.name(), bytes));
      }
    }
    redis.clear();
    return sizes;
  }
}
