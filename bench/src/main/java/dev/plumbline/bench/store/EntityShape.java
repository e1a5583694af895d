package dev.plumbline.bench.store;

import dev.plumbline.store.OnlineRecord;
import dev.plumbline.store.OnlineView;
import dev.plumbline.timeline.FeatureRow;
import dev.plumbline.timeline.RowTime;
import dev.plumbline.type.Bytes;
import dev.plumbline.type.DataType;
import dev.plumbline.type.DataType.Primitive;
import dev.plumbline.type.Field;
import dev.plumbline.type.ValueBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What every entity of a case has: views, features, values. A feature's name is its own among all
 * views. Numbers have all 53 bits of a double's fraction, texts 4 to 12 letters; each value is a
 * seeded function of entity, view and feature, so it is the same in every layout.
 */
record EntityShape(String name, List<OnlineView> views) {
  static final String PROJECT = "bench";
  static final String ENTITY = "user";

  private static final List<DataType> KEY = List.of(Primitive.BIGINT);
  private static final int SHORTEST = 4;
  private static final int LONGEST = 12;

  EntityShape {
    views = List.copyOf(views);
  }

  /** {@code features} doubles in each of {@code views} views. */
  static EntityShape doubles(String name, int views, int features) {
    return new EntityShape(
        name,
        IntStream.range(0, views)
            .mapToObj(view -> view(view + 1, view * features, features, Primitive.DOUBLE))
            .toList());
  }

  /** {@code features} short texts in one view. */
  static EntityShape texts(String name, int features) {
    return new EntityShape(name, List.of(view(1, 0, features, Primitive.STRING)));
  }

  private static OnlineView view(int shortId, int first, int features, DataType type) {
    List<Field> fields =
        IntStream.range(first, first + features)
            .mapToObj(i -> new Field("feature_" + i, type))
            .toList();
    return new OnlineView(PROJECT, shortId, ENTITY, KEY, fields, Optional.empty());
  }

  /** The entity's row of a view, as the store takes it. */
  static OnlineRecord record(OnlineView view, long entity, RowTime time) {
    Bytes key = ValueBytes.of(KEY, List.of(entity));
    return new OnlineRecord(key, new FeatureRow(time, values(view, entity)));
  }

  /** The entity's values of a view, one for each feature. */
  static List<@Nullable Object> values(OnlineView view, long entity) {
    SplittableRandom random = new SplittableRandom(entity * 1_000 + view.shortId());
    List<@Nullable Object> values = new ArrayList<>(view.features().size());
    for (Field feature : view.features()) {
      values.add(feature.type() == Primitive.STRING ? text(random) : random.nextDouble());
    }
    return values;
  }

  private static String text(SplittableRandom random) {
    return random
        .ints(random.nextInt(SHORTEST, LONGEST + 1), 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
